-- For a changed account: its service requests are found, and their words made anew.
CREATE INDEX servicerequest_by_account ON service_servicerequest (account_id) WHERE account_id IS NOT NULL;
