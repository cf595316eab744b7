#include "notifications/choice.hpp"

#include <algorithm>
#include <array>

namespace notifications {

namespace {

constexpr std::array occasion_names{std::string_view("received"), std::string_view("replied"),
    std::string_view("status"), std::string_view("commented"), std::string_view("taken_over")};
constexpr std::array pace_names{std::string_view("at_once"), std::string_view("daily"), std::string_view("never")};

constexpr std::array customers{Choice{.occasion = Occasion::Received, .site = std::nullopt, .mail = true},
    Choice{.occasion = Occasion::Replied, .site = true, .mail = true},
    Choice{.occasion = Occasion::Status, .site = true, .mail = true}};
constexpr std::array staffs{Choice{.occasion = Occasion::Commented, .site = true, .mail = false},
    Choice{.occasion = Occasion::TakenOver, .site = true, .mail = false}};

template <typename Enum, std::size_t Size>
std::optional<Enum> parse(const std::array<std::string_view, Size>& names, std::string_view name)
{
    const auto found = std::ranges::find(names, name);
    return found == names.end() ? std::nullopt : std::optional(static_cast<Enum>(found - names.begin()));
}

std::optional<std::int64_t> minutes_of(const std::optional<QuietTime>& quiet, TimeOfDay QuietTime::*which)
{
    return quiet ? std::optional<std::int64_t>((*quiet.*which).count()) : std::nullopt;
}

Plan plan_from_row(const db::Row& row)
{
    Plan plan{.pace = parse_pace(row.text(1)).value_or(Pace::AtOnce),
        .digest_at = TimeOfDay(row.integer(2)),
        .quiet = {},
        .time_zone = row.string(5),
        .version = row.integer(6)};
    if (!row.is_null(3))
        plan.quiet = QuietTime{.from = TimeOfDay(row.integer(3)), .until = TimeOfDay(row.integer(4))};
    return plan;
}

void read_choice(const db::Row& row, std::vector<Choice>& choices)
{
    const auto occasion = parse_occasion(row.text(0));
    const auto chosen =
        std::ranges::find_if(choices, [&](const Choice& choice) { return choice.occasion == occasion; });
    if (chosen == choices.end())
        return;
    if (chosen->site && !row.is_null(1))
        chosen->site = row.boolean(1);
    if (chosen->mail && !row.is_null(2))
        chosen->mail = row.boolean(2);
}

/// Nothing where it is as usual.
std::optional<std::int64_t> otherwise(const std::optional<bool>& usual, const std::optional<bool>& chosen)
{
    return !usual || chosen == usual ? std::nullopt : std::optional<std::int64_t>(chosen.value_or(false) ? 1 : 0);
}

void set_choice(db::Transaction& tx, UserId user, const Choice& usual, const Choice& chosen)
{
    const auto site = otherwise(usual.site, chosen.site);
    const auto mail = otherwise(usual.mail, chosen.mail);
    if (!site && !mail)
        return tx.apply("DELETE FROM service_notification_choice WHERE user_id = $1 AND occasion = $2", user,
            occasion_name(usual.occasion));
    tx.apply(R"(
        INSERT INTO service_notification_choice (user_id, occasion, site, mail) VALUES ($1, $2, $3, $4)
        ON CONFLICT (user_id, occasion) DO UPDATE SET site = excluded.site, mail = excluded.mail)",
        user, occasion_name(usual.occasion), site, mail);
}

bool set_plan(db::Transaction& tx, UserId user, const Plan& plan)
{
    const auto from = minutes_of(plan.quiet, &QuietTime::from);
    const auto until = minutes_of(plan.quiet, &QuietTime::until);
    if (plan.version == 0)
        return tx.execute(R"(
            INSERT INTO service_notification_plan (user_id, pace, digest_at, quiet_from, quiet_until, time_zone)
            VALUES ($1, $2, $3, $4, $5, $6)
            ON CONFLICT (user_id) DO NOTHING)",
                   user, pace_name(plan.pace), plan.digest_at.count(), from, until, plan.time_zone) == 1;
    return tx.execute(R"(
        UPDATE service_notification_plan
           SET pace = $2, digest_at = $3, quiet_from = $4, quiet_until = $5, time_zone = $6, version = version + 1
         WHERE user_id = $1 AND version = $7)",
               user, pace_name(plan.pace), plan.digest_at.count(), from, until, plan.time_zone, plan.version) == 1;
}

} // namespace

std::string_view occasion_name(Occasion occasion)
{
    return occasion_names.at(static_cast<std::size_t>(occasion));
}

std::optional<Occasion> parse_occasion(std::string_view name)
{
    return parse<Occasion>(occasion_names, name);
}

std::string_view pace_name(Pace pace)
{
    return pace_names.at(static_cast<std::size_t>(pace));
}

std::optional<Pace> parse_pace(std::string_view name)
{
    return parse<Pace>(pace_names, name);
}

std::span<const Choice> usual_choices(base::Role role)
{
    return role == base::Role::Customer ? std::span<const Choice>(customers) : std::span<const Choice>(staffs);
}

Choices find_choices(db::Connection& db, UserId user, base::Role role)
{
    const auto usual = usual_choices(role);
    Choices choices{.plan = {}, .occasions = {usual.begin(), usual.end()}};
    const auto plans = list_plans(db, std::span(&user, 1));
    if (const auto plan = plans.find(user); plan != plans.end())
        choices.plan = plan->second;
    for (const db::Row row :
        db.query("SELECT occasion, site, mail FROM service_notification_choice WHERE user_id = $1", user))
        read_choice(row, choices.occasions);
    return choices;
}

bool set_choices(db::Transaction& tx, UserId user, base::Role role, const Choices& choices)
{
    if (!set_plan(tx, user, choices.plan))
        return false;
    for (const Choice& usual : usual_choices(role)) {
        const auto chosen = std::ranges::find(choices.occasions, usual.occasion, &Choice::occasion);
        if (chosen != choices.occasions.end())
            set_choice(tx, user, usual, *chosen);
    }
    return true;
}

void set_mail_off(db::Transaction& tx, UserId user, std::string_view occasion)
{
    tx.apply(R"(
        INSERT INTO service_notification_plan (user_id, pace)
        SELECT id, CASE WHEN $2 = 1 THEN 'never' ELSE 'at_once' END FROM auth_user WHERE id = $1
        ON CONFLICT (user_id) DO UPDATE
           SET version = service_notification_plan.version + 1,
               pace = CASE WHEN $2 = 1 THEN 'never' ELSE service_notification_plan.pace END)",
        user, occasion == digest_name ? 1 : 0);
    if (occasion != digest_name)
        tx.apply(R"(
            INSERT INTO service_notification_choice (user_id, occasion, mail)
            SELECT id, CAST($2 AS TEXT), 0 FROM auth_user WHERE id = $1
            ON CONFLICT (user_id, occasion) DO UPDATE SET mail = 0)",
            user, occasion);
}

std::map<UserId, Plan> list_plans(db::Connection& db, std::span<const UserId> users)
{
    // Always the same number of parameters: one prepared statement.
    constexpr std::size_t asked_at_once = 20;
    std::map<UserId, Plan> plans;
    for (std::size_t first = 0; first < users.size(); first += asked_at_once) {
        db::SqlBuilder sql(R"(
            SELECT user_id, pace, digest_at, quiet_from, quiet_until, time_zone, version
              FROM service_notification_plan WHERE user_id IN ()");
        for (std::size_t i = first; i < first + asked_at_once; ++i)
            sql.add(i == first ? db::Sql("") : db::Sql(", ")).bind(i < users.size() ? users[i].value : 0);
        sql.add(")");
        for (const db::Row row : db.query(sql))
            plans.emplace(row.id<UserId>(0), plan_from_row(row));
    }
    return plans;
}

} // namespace notifications
