-- A question that the reporter left open is not "not sure".
ALTER TABLE service_leak_report
    DROP CONSTRAINT service_leak_report_place_check,
    DROP CONSTRAINT service_leak_report_strength_check,
    DROP CONSTRAINT service_leak_report_unable_to_leave_check,
    ADD CONSTRAINT service_leak_report_place_check
        CHECK (place IN ('inside', 'outside', 'both', 'unknown', 'unanswered')),
    ADD CONSTRAINT service_leak_report_strength_check
        CHECK (strength IN ('faint', 'clear', 'strong', 'unknown', 'unanswered')),
    ADD CONSTRAINT service_leak_report_unable_to_leave_check
        CHECK (unable_to_leave IN ('yes', 'no', 'unknown', 'unanswered'));
