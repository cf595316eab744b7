#include "commands/demo/demo.hpp"

#include "actions/change_password.hpp"
#include "users/user.hpp"

#include <fmt/format.h>

namespace commands::demo {

namespace {

/// People have read what is older, most of it.
constexpr auto unread_days = std::chrono::days(4);

std::string email_pattern()
{
    return "%" + std::string(email_domain);
}

void read_old_notifications(db::Database& database, base::Time now)
{
    database.write([&](db::Transaction& tx) {
        tx.apply(
            "UPDATE service_notification SET is_read = 1 WHERE created_at < $1 AND id % 12 <> 0", now - unread_days);
    });
}

/// Their emails are as made up as they are.
void forget_mail(db::Database& database)
{
    database.write(
        [&](db::Transaction& tx) { tx.apply("DELETE FROM service_mail WHERE to_address LIKE $1", email_pattern()); });
}

} // namespace

Population count_population(db::Database& database)
{
    const auto lease = database.read();
    const auto counted = lease
                             ->query(R"(
        SELECT COUNT(*), COALESCE(SUM(CASE WHEN email LIKE $1 THEN 1 ELSE 0 END), 0) FROM auth_user)",
                                 email_pattern())
                             .first([](const db::Row& row) {
                                 return Population{.made_up = row.integer(1), .real = row.integer(0) - row.integer(1)};
                             });
    return counted.value_or(Population{});
}

void refuse_unsuitable(db::Database& database, const DemoOptions& options)
{
    const Population population = count_population(database);
    if (population.made_up > 0)
        throw Refused(fmt::format("the made-up town is there already ({} people); --new-password gives them a new "
                                  "password, and another data directory takes another town",
            population.made_up));
    if (population.real > 0 && !options.force)
        throw Refused(fmt::format("the database holds {} real users; use another one (--data-dir), or --force to add "
                                  "the made-up town beside them",
            population.real));
}

Counts count_rows(db::Database& database)
{
    const auto lease = database.read();
    const auto count = [&](db::Sql sql) { return lease->query(sql).integer(); };
    return {.users = count("SELECT COUNT(*) FROM auth_user"),
        .accounts = count("SELECT COUNT(*) FROM service_account"),
        .service_requests = count("SELECT COUNT(*) FROM service_servicerequest"),
        .pending = count("SELECT COUNT(*) FROM service_servicerequest WHERE status = 'Pending'"),
        .comments = count("SELECT COUNT(*) FROM service_comment"),
        .notifications = count("SELECT COUNT(*) FROM service_notification"),
        .events = count("SELECT COUNT(*) FROM service_event"),
        .attachments = count("SELECT COUNT(*) FROM service_attachment")};
}

void make_town(db::Database& database, storage::Store& store, const Making& making)
{
    refuse_unsuitable(database, making.options);
    const StoryOptions options{.customers = making.options.customers,
        .requests = making.options.requests,
        .seed = making.options.seed,
        .now = making.now,
        .zone = making.zone};
    const Story story = plan_story(options);
    const Town town = settle(database, options.customers, making.password_hash, beginning(options));
    play(story, town, {.database = database, .store = store}, [&](std::size_t done) {
        if (making.progress)
            making.progress(done * 100 / story.steps.size());
    });
    read_old_notifications(database, making.now);
    forget_mail(database);
}

std::int64_t change_passwords(db::Database& database, std::string_view password_hash, base::Time now)
{
    return database.write([&](db::Transaction& tx) {
        const auto people = db::map_rows(tx.query("SELECT id FROM auth_user WHERE email LIKE $1", email_pattern()),
            [](const db::Row& row) { return row.id<UserId>(0); });
        for (const UserId id : people)
            actions::set_password(tx, base::act_of_program(now), id, password_hash);
        return static_cast<std::int64_t>(people.size());
    });
}

} // namespace commands::demo
