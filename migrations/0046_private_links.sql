-- When somebody of the staff withdrew the private link of a leak report. The hash stays, so that whoever has the link is told so.
ALTER TABLE service_servicerequest ADD COLUMN follow_withdrawn_at @bigint@;
