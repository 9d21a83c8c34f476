-- Homes and rosters look up the certificate of an enrollment: at 100,000 certificates each look read them all.
create index certificates_enrollment on certificates (enrollment_id);
