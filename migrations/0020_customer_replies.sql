-- When the customer commented last, until one of the staff opens the service request, answers or changes its status: the rows of the
-- desk's lists show it without reading comments.
ALTER TABLE service_servicerequest ADD COLUMN customer_replied_at @bigint@;
