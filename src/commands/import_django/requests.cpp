#include "commands/import_django/requests.hpp"

#include "accounts/account.hpp"
#include "base/text.hpp"
#include "commands/import_django/free_id.hpp"
#include "search/words.hpp"
#include "service_requests/counter.hpp"
#include "service_requests/service_request.hpp"
#include "users/user.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace commands::import_django {

namespace {

namespace field = request_field;
using service_requests::Status;

/// What a create form takes at most.
constexpr std::size_t longest_description = 5000;

} // namespace

struct Requests::Fields
{
    UserId user;
    Types::Type type;
    std::string description;
    Status status = Status::Pending;
    base::Time submitted{};
    std::optional<base::Time> resolved;

    base::Time updated() const { return std::max(submitted, resolved.value_or(submitted)); }
};

/// Where it is, which Django's design keeps with the account, and who to ask for.
struct Requests::Home
{
    AccountId account;
    std::string address;
    std::string contact_name;
    std::string contact_phone;
};

void Requests::read_status(const SourceRow& row, Fields& fields) const
{
    const std::string& stored = row.text(field::Status);
    const auto status = status_of(stored, choices());
    fields.status = status.value_or(Status::Pending);
    const std::string_view name = service_requests::status_name(fields.status);
    // Another spelling of the same word is no change of the value.
    if (base::fold(stored) != base::fold(name))
        report().changed(place(row, "status"), stored, name, status ? "the same in our words" : "no such status");
    if (fields.status == Status::Pending && fields.resolved) {
        report().changed(place(row, "resolved at"), row.text(field::ResolvedAt), "", "a pending one has no such time");
        fields.resolved.reset();
    } else if (fields.status == Status::Resolved && !fields.resolved) {
        report().changed(
            place(row, "resolved at"), "", base::iso_utc(fields.submitted), "it was resolved without a time");
        fields.resolved = fields.submitted;
    }
}

Requests::Fields Requests::fields_of(const Target& target, const SourceRow& row) const
{
    const auto submitted = time(row, field::SubmittedAt, "submitted at");
    if (!submitted)
        report().changed(place(row, "submitted at"), "", base::iso_utc(now()), "it has none; the time of the import");
    Fields fields{.user = UserId{resolve(target, user_subject, row, field::User)},
        .type = types_.find(target, row.value(field::Type), place(row, "type"), report()),
        .description = text(row, field::Description, "description"),
        .submitted = submitted.value_or(now()),
        .resolved = time(row, field::ResolvedAt, "resolved at")};
    read_status(row, fields);
    const std::size_t length = base::count_code_points(fields.description);
    if (length > longest_description)
        report().taken_as_it_is(place(row, "description"), fields.description,
            fmt::format("longer than the {} characters that forms take", longest_description));
    else if (base::trim(fields.description).empty())
        report().taken_as_it_is(place(row, "description"), fields.description, "our forms refuse an empty one");
    else if (base::has_control_characters(fields.description))
        report().taken_as_it_is(place(row, "description"), fields.description, "our forms remove control characters");
    return fields;
}

Requests::Home Requests::home_of(const Target& target, const SourceRow& row, const Fields& fields) const
{
    Home home{.account = AccountId{resolve(target, account_subject, row, field::Account)},
        .address = text(row, field::Address, "address")};
    if (!target.writes())
        return home;
    if (fields.user)
        home.contact_name = users::get_user(*target.db, fields.user).full_name();
    if (!home.account && fields.user) {
        const auto accounts = accounts::list_accounts_of(*target.db, fields.user);
        home.account = accounts.empty() ? AccountId{} : accounts.front().id;
    }
    if (home.account) {
        const accounts::Account account = accounts::get_account(*target.db, home.account);
        home.contact_phone = account.phone;
        if (home.address.empty())
            home.address = account.address;
    }
    return home;
}

void Requests::insert(db::Transaction& tx, std::int64_t id, const Fields& fields, const Home& home) const
{
    tx.apply(R"(
        INSERT INTO service_servicerequest
            (id, user_id, account_id, request_type_id, description, status, submitted_at, resolved_at, updated_at,
             is_emergency, address, address_key, contact_name, contact_phone)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14))",
        id, fields.user, home.account, fields.type.id, fields.description, service_requests::status_name(fields.status),
        fields.submitted, fields.resolved, fields.updated(), fields.type.is_emergency, home.address,
        service_requests::address_key(home.address), home.contact_name, home.contact_phone);
    if (fields.status == Status::Pending)
        service_requests::count_open(tx, {ServiceRequestId{id}, fields.type.id, fields.submitted}, 1);
    search::add_search_words(tx, ServiceRequestId{id});
}

std::int64_t Requests::add(const Target& target, const SourceRow& row)
{
    Fields fields = fields_of(target, row);
    Home home = home_of(target, row, fields);
    if (!fields.user && home.account && target.writes()) {
        fields.user = accounts::get_account(*target.db, home.account).user_id;
        home = home_of(target, row, fields);
    }
    if (!fields.user && !home.account)
        report().remarked(place(row, "customer"), {}, "its customer is missing; it is imported without one");
    const std::int64_t id = choose_id(target, Identity::ServiceRequest, place(row), report());
    if (target.writes())
        insert(*target.tx, id, fields, home);
    return id;
}

std::optional<std::int64_t> Requests::update(const Target& target, const SourceRow& row, const Known& known)
{
    struct Here
    {
        std::int64_t version;
        std::string status;
        service_requests::Counted counted;
    };
    const ServiceRequestId id{known.target_id};
    const auto here =
        target.db
            ->query("SELECT version, status, request_type_id, submitted_at FROM service_servicerequest"
                    " WHERE id = $1",
                id)
            .first([id](const db::Row& found) {
                return Here{found.integer(0), found.string(1), {id, found.id<RequestTypeId>(2), found.time(3)}};
            });
    if (!here || here->version != known.version) {
        report().kept_ours(place(row), "changed here and in the source since the last run");
        return std::nullopt;
    }
    const Fields fields = fields_of(target, row);
    if (!target.writes())
        return known.version + 1;
    const std::string_view status = service_requests::status_name(fields.status);
    target.tx->apply(R"(
        UPDATE service_servicerequest
           SET request_type_id = $2, description = $3, status = $4, resolved_at = $5, is_emergency = $6,
               updated_at = CASE WHEN updated_at > $7 THEN updated_at ELSE $7 END, version = version + 1
         WHERE id = $1)",
        id, fields.type.id, fields.description, status, fields.resolved, fields.type.is_emergency, fields.updated());
    if (here->status == service_requests::status_name(Status::Pending))
        service_requests::count_open(*target.tx, here->counted, -1);
    if (fields.status == Status::Pending)
        service_requests::count_open(*target.tx, {id, fields.type.id, here->counted.submitted_at}, 1);
    search::update_search_words(*target.tx, id);
    return known.version + 1;
}

} // namespace commands::import_django
