#include "commands/import_django/source/layout.hpp"

#include "commands/commands.hpp"
#include "commands/import_django/source/table_finder.hpp"
#include "commands/import_django/source/type_column.hpp"

#include <algorithm>

namespace commands::import_django {

namespace {

const Names created_names{"created_at", "created", "created_on", "date_created", "timestamp", "sent_at", "date"};
const Names user_names{
    "user_id", "customer_id", "author_id", "owner_id", "created_by_id", "submitted_by_id", "recipient_id", "staff_id"};
const Names request_names{"service_request_id", "servicerequest_id", "request_id"};

void find_users(TableFinder& finder, Layout& layout)
{
    const TableShape* found = finder.pick({"auth_user", "user"}, [](const TableShape& table) {
        return table.has("username") && table.has("password") && table.has("is_staff");
    });
    if (found == nullptr)
        throw Refused("this is not a Django site: no table has user names and passwords (auth_user)");
    layout.users = finder.take(
        *found, {{.names = {"username"}}, {.names = {"password"}}, {.names = {"first_name"}}, {.names = {"last_name"}},
                    {.names = {"email"}}, {.names = {"is_superuser"}}, {.names = {"is_staff"}},
                    {.names = {"is_active"}}, {.names = {"date_joined"}}, {.names = {"last_login"}}});
}

void find_accounts(TableFinder& finder, Layout& layout)
{
    const Names numbers{"account_number", "number", "account_no", "customer_number"};
    const TableShape* found = finder.pick({"account", "profile", "customer"},
        [&](const TableShape& table) { return table.refers_to(layout.users.name) && table.has_any(numbers); });
    if (found != nullptr)
        layout.accounts = finder.take(
            *found, {{.names = {"user_id", "customer_id", "holder_id", "owner_id"}, .parent = &layout.users},
                        {.names = numbers}, {.names = {"address", "service_address", "street_address"}},
                        {.names = {"phone_number", "phone", "telephone"}}});
}

void find_requests(db::ForeignDatabase& source, TableFinder& finder, const Choices& choices, Layout& layout)
{
    const Names descriptions{"description", "details", "text", "body", "message"};
    const TableShape* found = finder.pick({"servicerequest", "request"}, [&](const TableShape& table) {
        const bool is_somebodys =
            table.refers_to(layout.users.name) || table.refers_to(layout.accounts.name) || table.has_any(user_names);
        return is_somebodys && table.has_any(descriptions) && table.has_any({"status", "state", "is_resolved"});
    });
    if (found == nullptr)
        throw Refused("no table of service requests was found: one with a user, a description and a status");
    const TypeColumn type = find_type_column(source, finder,
        {.requests = *found, .others = {layout.users.name, layout.accounts.name}, .chosen = choices.type_column});
    if (type.table != nullptr)
        layout.types =
            finder.take(*type.table, {{.names = {"name", "title", "label"}}, {.names = {"slug", "code", "key"}}});
    const Names types = type.name.empty() ? Names{} : Names{type.name};
    layout.requests = finder.take(*found,
        {{.names = user_names, .parent = &layout.users},
            {.names = {"account_id", "service_account_id"}, .parent = &layout.accounts},
            {.names = types, .parent = type.table != nullptr ? &layout.types : nullptr}, {.names = descriptions},
            {.names = {"status", "state", "is_resolved"}},
            {.names = {"submitted_at", "created_at", "created", "submitted", "submission_date", "date_submitted",
                 "timestamp"}},
            {.names = {"resolved_at", "closed_at", "completed_at", "resolved", "resolution_date", "date_resolved"}},
            {.names = {"address", "service_address", "location"}}});
}

void find_conversation(TableFinder& finder, Layout& layout)
{
    const auto is_of_request = [&](const TableShape& table) {
        return table.name != layout.requests.name &&
               (table.refers_to(layout.requests.name) || table.has_any(request_names));
    };
    const Names reads{"is_read", "read", "seen", "is_seen"};
    const Names messages{"message", "text", "body", "content"};
    if (const TableShape* found = finder.pick({"notification"}, [&](const TableShape& table) {
            return is_of_request(table) && table.has_any(reads) && table.has_any(messages);
        }))
        layout.notifications = finder.take(*found,
            {{.names = request_names, .parent = &layout.requests}, {.names = user_names, .parent = &layout.users},
                {.names = messages}, {.names = reads}, {.names = created_names}});
    const Names texts{"text", "body", "comment", "content", "message"};
    if (const TableShape* found =
            finder.pick({"comment", "requestcomment", "message", "reply"}, [&](const TableShape& table) {
                return is_of_request(table) && table.has_any(texts) && table.name != layout.notifications.name;
            }))
        layout.comments = finder.take(
            *found, {{.names = request_names, .parent = &layout.requests},
                        {.names = user_names, .parent = &layout.users}, {.names = texts},
                        {.names = {"is_internal", "internal", "is_private", "staff_only"}}, {.names = created_names}});
}

void find_attachments(TableFinder& finder, Layout& layout)
{
    const Names files{"file", "attachment", "document", "upload", "image", "photo", "path"};
    const TableShape* found =
        finder.pick({"attachment", "file", "upload", "document", "photo"}, [&](const TableShape& table) {
            const bool is_taken = table.name == layout.requests.name || table.name == layout.comments.name ||
                                  table.name == layout.notifications.name;
            return !is_taken && (table.refers_to(layout.requests.name) || table.has_any(request_names)) &&
                   table.has_any(files);
        });
    if (found != nullptr) {
        layout.attachments = finder.take(
            *found, {{.names = request_names, .parent = &layout.requests},
                        {.names = {"uploaded_by_id", "user_id", "author_id"}, .parent = &layout.users},
                        {.names = files}, {.names = {"uploaded_at", "created_at", "created", "timestamp"}}});
    } else if (finder.shape(layout.requests.name).has_any(files)) {
        layout.attachments = finder.take(
            finder.shape(layout.requests.name), {{.names = {layout.requests.key}}, {}, {.names = files}, {}});
        layout.attachments.columns[attachment_field::User] = layout.requests.columns[request_field::User];
        layout.attachments.columns[attachment_field::CreatedAt] = layout.requests.columns[request_field::SubmittedAt];
    }
    if (layout.attachments.is_there())
        layout.attachments.filled = attachment_field::File;
}

void find_groups(TableFinder& finder, Layout& layout)
{
    const TableShape* found = finder.pick({layout.users.name + "_groups"},
        [&](const TableShape& table) { return table.has("group_id") && table.refers_to(layout.users.name); });
    if (found == nullptr || finder.shape("auth_group").columns.empty())
        return;
    layout.memberships = found->name;
    layout.membership_user = found->column_to(layout.users.name);
    layout.groups = "auth_group";
}

} // namespace

Layout find_layout(db::ForeignDatabase& source, const Choices& choices)
{
    TableFinder finder(source);
    if (!finder.shape("schema_migration").columns.empty() && finder.shape("django_migrations").columns.empty())
        throw Refused("the source is a database of Gas Utility itself, not of a Django site");
    Layout layout;
    find_users(finder, layout);
    find_accounts(finder, layout);
    find_requests(source, finder, choices, layout);
    find_conversation(finder, layout);
    find_attachments(finder, layout);
    find_groups(finder, layout);
    layout.left_out = finder.left_out();
    return layout;
}

} // namespace commands::import_django
