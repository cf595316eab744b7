#include "commands/copy/tables.hpp"

namespace commands::copy {

namespace {

constexpr std::array copied{
    Table{"auth_user", {"id", ""}},
    Table{"auth_session", {"token_hash", ""}},
    Table{"sign_in_device", {"device", "user_id"}},
    Table{"sign_in_factor", {"user_id", ""}},
    Table{"sign_in_identity", {"issuer", "subject"}},
    Table{"sign_in_recovery_code", {"user_id", "hash"}},
    Table{"sign_in_reset_link", {"token_hash", ""}},
    Table{"sign_in_reset_wish", {"id", ""}},
    Table{"service_account", {"id", ""}},
    Table{"service_account_user", {"account_id", "user_id"}},
    Table{"service_account_claim", {"id", ""}},
    Table{"service_account_ask", {"id", ""}},
    Table{"auth_registration", {"id", ""}},
    Table{"auth_email_change", {"id", ""}},
    Table{"service_request_type", {"id", ""}},
    Table{"service_servicerequest", {"id", ""}},
    Table{"service_counter", {"name", "shard"}},
    Table{"service_leak_report", {"service_request_id", ""}},
    Table{"service_comment", {"id", ""}},
    Table{"service_participant", {"service_request_id", "user_id"}},
    Table{"service_attachment", {"id", ""}},
    Table{"service_attachment_preview", {"attachment_id", ""}},
    Table{"service_left_out_file", {"service_request_id", "place"}},
    Table{"service_attachment_store", {"one", ""}},
    Table{"service_folding", {"one", ""}},
    Table{"service_notification", {"id", ""}},
    Table{"service_notification_plan", {"user_id", ""}},
    Table{"service_notification_choice", {"user_id", "occasion"}},
    Table{"service_mail", {"id", ""}},
    Table{"service_event", {"id", ""}},
    Table{"service_submission", {"fingerprint", ""}},
    Table{"service_draft", {"user_id", "path"}},
    Table{"service_form_key", {"one", ""}},
    Table{"import_source", {"fingerprint", ""}},
    Table{"import_row", {"subject", "source_id"}},
};

constexpr std::array<std::string_view, 15> left_out{"auth_wrong_password", "schema_migration", "service_account_try",
    "service_held_file", "service_mail_switch", "service_refused_page", "service_search", "service_search_behind",
    "service_search_waiting", "service_search_word", "service_shown_password", "sign_in_failure", "sign_in_pending",
    "sign_in_started", "site_state"};

} // namespace

std::span<const Table> copied_tables()
{
    return copied;
}

std::span<const std::string_view> left_out_tables()
{
    return left_out;
}

} // namespace commands::copy
