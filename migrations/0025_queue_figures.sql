-- The open service requests of each type and of each day of submission, beside their total: the overview adds up a few rows instead
-- of counting all that are open. Days are those of UTC since 1970, plus 100,000, so that names sort like numbers.
INSERT INTO service_counter (name, shard, value)
SELECT 'open-type-' || request_type_id, id % 16, COUNT(*)
  FROM service_servicerequest WHERE status = 'Pending' GROUP BY request_type_id, id % 16;
INSERT INTO service_counter (name, shard, value)
SELECT 'open-day-' || (100000 + submitted_at / 86400000), id % 16, COUNT(*)
  FROM service_servicerequest WHERE status = 'Pending' GROUP BY 100000 + submitted_at / 86400000, id % 16;
DROP INDEX servicerequest_open_types;

-- By how many milliseconds a service request was at most submitted before one with a smaller id: a search between two dates looks
-- only at the ids that can have them.
INSERT INTO service_counter (name, shard, value)
SELECT 'step-back', 0, COALESCE(MAX(latest - submitted_at), 0)
  FROM (SELECT submitted_at, MAX(submitted_at) OVER (ORDER BY id) AS latest FROM service_servicerequest) steps;
