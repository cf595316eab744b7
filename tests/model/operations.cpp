#include "accounts/account.hpp"
#include "actions/change_account.hpp"
#include "actions/change_status.hpp"
#include "actions/change_user.hpp"
#include "actions/link_account.hpp"
#include "actions/sign_in.hpp"
#include "actions/submit_request.hpp"
#include "actions/write_comment.hpp"
#include "attachments/attachment.hpp"
#include "base/error.hpp"
#include "base/reference.hpp"
#include "comments/comment.hpp"
#include "leaks/leak_report.hpp"
#include "model/site.hpp"
#include "notifications/notification.hpp"
#include "search/search.hpp"
#include "search/words.hpp"
#include "service_requests/service_request.hpp"
#include "sign_in/session.hpp"
#include "users/credentials.hpp"
#include "users/user.hpp"
#include "web/forms/submission.hpp"

#include <fmt/format.h>

#include <array>

namespace model {

namespace {

using service_requests::Status;

struct NothingThere : base::NotFound
{
    NothingThere() : base::NotFound("nothing to do it to yet") {}
};

base::Act act(const Site& site, const base::Visitor& by)
{
    return {.visitor = by, .at = site.clock.now()};
}

template <typename Id>
Id pick_from(Random& random, const std::vector<Id>& ids)
{
    if (ids.empty()) {
        throw NothingThere();
    }
    return random.pick(ids);
}

std::string add_request(Site& site, Random& random, const service_requests::NewServiceRequest& wanted)
{
    const bool is_emergency = wanted.channel == service_requests::Channel::Emergency;
    const auto id = site.database.write([&](db::Transaction& tx) {
        std::optional<leaks::LeakReport> leak;
        if (is_emergency)
            leak = leaks::LeakReport{.place = std::string(random.pick(leaks::leak_places))};
        return actions::submit_request(
            tx, base::act_of(wanted.user_id, site.clock.now()), {.request = wanted, .leak = leak});
    });
    site.service_requests.push_back(id);
    return base::reference(id);
}

std::string submit(Site& site, Random& random)
{
    const bool is_mei = random.chance(50);
    return add_request(site, random,
        {.user_id = is_mei ? site.cast.mei.user_id : site.cast.omar.user_id,
            .account_id = random.chance(60) ? random.pick(site.accounts) : AccountId{},
            .type_id = random.pick(site.types),
            .description = some_words(random, 12),
            .address = random.chance(50) ? some_words(random, 3) : "12 Elm Street"});
}

std::string report_leak(Site& site, Random& random)
{
    return add_request(site, random,
        {.user_id = random.chance(40) ? site.cast.mei.user_id : UserId{},
            .type_id = site.types.front(),
            .description = some_words(random, 4),
            .address = some_words(random, 2),
            .contact_name = some_words(random, 2),
            .contact_phone = "555-0199",
            .channel = service_requests::Channel::Emergency,
            .follow_hash = fmt::format("{:064x}", random.next())});
}

std::string comment(Site& site, Random& random)
{
    const auto id = pick_from(random, site.service_requests);
    const base::Visitor by = random.pick(site.people());
    const bool is_internal = by.is_staff() && random.chance(40);
    const auto visibility = is_internal ? base::Visibility::Internal : base::Visibility::Public;
    const std::string text = some_words(random, 10);
    const auto added = site.database.write([&](db::Transaction& tx) {
        service_requests::get_service_request(tx, by, id);
        std::vector<attachments::StoredFile> files;
        if (random.chance(25))
            files.push_back({.stored_name = fmt::format("{:032x}", random.next()),
                .name = some_words(random, 2),
                .content_type = "image/png",
                .size = 5'000'000'000,
                .sha256 = "00"});
        return actions::write_comment(tx, {.visitor = by, .at = site.clock.now()},
            {.service_request = id, .text = text, .visibility = visibility, .files = files});
    });
    return fmt::format("comment {}", added.value);
}

std::string change_status(Site& site, Random& random)
{
    const auto id = pick_from(random, site.service_requests);
    const base::Visitor by = random.pick(site.people());
    const Status status = by.is_staff() && random.chance(60) ? Status::Resolved : Status::Pending;
    const bool is_stale = random.chance(15);
    std::optional<actions::EmergencyEnd> end;
    if (random.chance(80))
        end = actions::EmergencyEnd{
            .finding = random.chance(30) ? actions::Finding::FalseAlarm : actions::Finding::MadeSafe,
            .reason = some_words(random, 3)};
    const auto change = site.database.write([&](db::Transaction& tx) {
        const auto version = service_requests::get_service_request(tx, by, id).version - (is_stale ? 1 : 0);
        return actions::change_status(tx, {.visitor = by, .at = site.clock.now()},
            {.service_request = id, .status = status, .version = version, .end = end});
    });
    return fmt::format("change of status {}", static_cast<int>(change));
}

std::string edit_user(Site& site, Random& random)
{
    const auto id = random.pick(site.users);
    const auto outcome = site.database.write([&](db::Transaction& tx) {
        const users::User user = users::get_user(tx, id);
        const bool changes_access = random.chance(20);
        return actions::change_user(tx, act(site, site.cast.ada), id,
            {.first_name = random.chance(50) ? some_words(random, 2) : user.first_name,
                .last_name = random.chance(50) ? some_words(random, 1) : user.last_name,
                .email = random.chance(30) ? fmt::format("x{}@example.com", random.below(100)) : user.email,
                .phone = user.phone,
                .role = changes_access ? base::Role::Supervisor : user.role,
                .is_active = changes_access ? random.chance(70) : user.is_active,
                .version = user.version - (random.chance(10) ? 1 : 0)});
    });
    return fmt::format("change of user {}", static_cast<int>(outcome));
}

std::string edit_contact(Site& site, Random& random)
{
    const std::string phone = fmt::format("555-{:04}", random.below(10'000));
    site.database.write([&](db::Transaction& tx) {
        actions::change_contact(tx, act(site, site.cast.omar),
            {.phone = phone,
                .email = "omar@example.org",
                .version = users::get_user(tx, site.cast.omar.user_id).version});
    });
    return phone;
}

std::string edit_account(Site& site, Random& random)
{
    const auto id = random.pick(site.accounts);
    const bool saved = site.database.write([&](db::Transaction& tx) {
        const auto account = accounts::get_account(tx, id);
        return actions::change_account(tx, act(site, site.cast.sofia), id,
            {.number = random.chance(30) ? fmt::format("AB-{}", random.below(20)) : account.number,
                .address = random.chance(60) ? some_words(random, 3) : account.address,
                .phone = account.phone,
                .is_active = random.chance(80),
                .version = account.version - (random.chance(10) ? 1 : 0)});
    });
    return saved ? "saved" : "stale";
}

std::string add_person(Site& site, Random& random)
{
    const std::string number = std::to_string(site.users.size());
    site.database.write([&](db::Transaction& tx) {
        const auto user = actions::add_user(tx, act(site, site.cast.ada),
            {.username = "user" + number,
                .first_name = some_words(random, 1),
                .email = "user" + number + "@example.com",
                .password_hash = "!"});
        const auto account = actions::add_account(
            tx, act(site, site.cast.ada), {.number = "77-" + number, .address = some_words(random, 4)});
        actions::link_account(tx, act(site, site.cast.ada), account, user);
        site.users.push_back(user);
        site.accounts.push_back(account);
    });
    return "user and account " + number;
}

std::string change_link(Site& site, Random& random)
{
    const auto account = random.pick(site.accounts);
    const auto user = random.pick(site.users);
    const bool links = random.chance(60);
    site.database.write([&](db::Transaction& tx) {
        const auto change = links ? actions::link_account : actions::unlink_account;
        change(tx, act(site, site.cast.sofia), account, user);
    });
    return links ? "linked" : "unlinked";
}

std::string read_notifications(Site& site, Random& random)
{
    const UserId user = random.pick(site.people()).user_id;
    const std::uint64_t how = random.below(2);
    const auto list = notifications::list_notifications(*site.database.read(), user, {});
    if (list.empty()) {
        throw NothingThere();
    }
    const auto& one = random.pick(list);
    return site.database.write([&](db::Transaction& tx) {
        if (how == 0) {
            return fmt::format("marked all: {}", notifications::mark_all_read(tx, user, {one.created_at, one.id}));
        }
        return fmt::format(
            "marked of one: {}", notifications::mark_read_for(tx, user, one.service_request_id, one.created_at));
    });
}

std::string sign_in(Site& site, Random& random)
{
    const base::Visitor by = random.pick(site.people());
    return site.database.write([&](db::Transaction& tx) {
        actions::note_wrong_password(tx, {.address = "10.0.0.1", .username = by.username, .now = site.clock.now()},
            sign_in::Guesser::Stranger, by.user_id);
        if (random.chance(50)) {
            return std::string("wrong password");
        }
        const users::Credentials checked{
            .user = users::get_user(tx, by.user_id), .password_hash = users::password_hash_of(tx, by.user_id)};
        if (!users::note_right_password(tx, checked, ""))
            return std::string("inactive");
        const std::string token = sign_in::add_session(tx, by.user_id, {"a browser"}, site.clock.now());
        const auto session = sign_in::find_session(tx, sign_in::session_hash(token), site.clock.now(), {});
        return session ? "signed in " + session->visitor.full_name : "not signed in";
    });
}

/// The same form sent once or twice; the second time is refused and leaves nothing of its transaction.
std::string send_form(Site& site, Random& random)
{
    if (site.fingerprints.empty() || random.chance(50)) {
        site.fingerprints.push_back(fmt::format("{:064x}", random.next()));
    }
    const std::string fingerprint = random.pick(site.fingerprints);
    site.database.write([&](db::Transaction& tx) {
        notifications::mark_all_read(tx, site.cast.mei.user_id, {site.clock.now(), NotificationId{1'000'000}});
        web::add_submission(tx, fingerprint, 7, site.clock.now());
    });
    return "submission";
}

/// What a handler does that fails in the middle.
std::string give_up(Site& site, Random& random)
{
    const auto id = pick_from(random, site.service_requests);
    site.database.write([&](db::Transaction& tx) {
        search::update_search_words(tx, id);
        tx.apply("UPDATE service_servicerequest SET description = 'lost', version = 99 WHERE id = $1", id);
        throw base::Conflict(base::Text::verbatim("somebody else was faster"));
    });
    return "not reached";
}

std::string keep_house(Site& site, Random&)
{
    site.database.write([&](db::Transaction& tx) {
        search::index_words(tx);
        web::remove_old_submissions(tx, site.clock.now());
    });
    return "kept house";
}

struct Kind
{
    std::string_view name;
    std::string (*carry_out)(Site&, Random&);
    /// How often, compared with the others.
    unsigned weight;
};
constexpr std::array<Kind, 16> kinds{{
    {"submit", submit, 30},
    {"report a leak", report_leak, 5},
    {"comment", comment, 22},
    {"change the status", change_status, 25},
    {"edit a user", edit_user, 5},
    {"edit the own contact", edit_contact, 2},
    {"edit an account", edit_account, 5},
    {"add a person", add_person, 3},
    {"link or unlink", change_link, 4},
    {"read notifications", read_notifications, 10},
    {"sign in", sign_in, 2},
    {"send a form", send_form, 3},
    {"give up", give_up, 2},
    {"keep house", keep_house, 3},
    {"let time pass",
        [](Site& site, Random& random) {
            site.clock.advance(std::chrono::minutes(random.below(600)));
            return std::string();
        },
        3},
}};

std::size_t draw_kind(Random& random)
{
    unsigned all = 0;
    for (const Kind& kind : kinds) {
        all += kind.weight;
    }
    auto at = random.below(all);
    std::size_t kind = 0;
    for (; at >= kinds[kind].weight; ++kind) {
        at -= kinds[kind].weight;
    }
    return kind;
}

} // namespace

std::vector<Operation> draw_operations(std::uint64_t seed, std::size_t count)
{
    Random random(seed);
    std::vector<Operation> operations;
    for (std::size_t i = 0; i < count; ++i) {
        const std::size_t kind = draw_kind(random);
        operations.push_back({.kind = kind, .seed = random.next()});
    }
    return operations;
}

std::string describe(const Operation& operation)
{
    return fmt::format("{} ({}, {}U)", kinds.at(operation.kind).name, operation.kind, operation.seed);
}

std::string carry_out(Site& site, const Operation& operation)
{
    Random random(operation.seed);
    // Now and then two things happen in the same millisecond.
    site.clock.advance(std::chrono::milliseconds(random.chance(20) ? 0 : 1 + random.below(5000)));
    try {
        return kinds.at(operation.kind).carry_out(site, random);
    } catch (const base::NotFound& error) {
        return std::string("not found: ") + error.what();
    } catch (const base::Forbidden&) {
        return "forbidden";
    } catch (const base::Conflict&) {
        return "conflict";
    } catch (const db::ConstraintViolation&) {
        return "refused by a constraint";
    }
}

} // namespace model
