#include "commands/import_django/people.hpp"

#include "base/text.hpp"
#include "commands/import_django/free_id.hpp"
#include "commands/import_django/rehearsal.hpp"
#include "events/event.hpp"
#include "search/words.hpp"
#include "service_requests/service_request.hpp"
#include "sign_in/password.hpp"
#include "users/credentials.hpp"
#include "users/look_alikes.hpp"
#include "users/search_text.hpp"
#include "users/user.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace commands::import_django {

namespace {

namespace field = user_field;

void add_created_event(db::Transaction& tx, std::int64_t user, base::Role role, base::Time joined)
{
    events::add_event(tx, base::act_of({}, joined),
        {.subject = events::Subject::User,
            .subject_id = user,
            .kind = events::Kind::Created,
            .after_value = base::role_name(role)});
}

/// Django's name for how a password is kept. A column may hold the password itself, so nothing else of it is shown.
std::string_view kind_of_hash(std::string_view stored)
{
    constexpr auto names = std::to_array<std::string_view>({"argon2", "bcrypt", "bcrypt_sha256", "crypt", "md5",
        "pbkdf2_sha1", "pbkdf2_sha256", "scrypt", "sha1", "unsalted_md5", "unsalted_sha1"});
    const std::string_view name = stored.substr(0, stored.find('$'));
    const bool is_named = name.size() < stored.size() && std::ranges::find(names, name) != names.end();
    return is_named ? name : "without the name of a method";
}

} // namespace

struct Users::Fields
{
    std::string username;
    std::string password;
    std::string first_name;
    std::string last_name;
    std::string email;
    base::Role role = base::Role::Customer;
    bool is_active = true;
    base::Time joined{};
    std::optional<base::Time> last_login;

    /// User name and phone number are those of the user here: the source has no phone numbers.
    std::string search_text(std::string_view name, std::string_view phone) const
    {
        return users::search_text(
            {.username = name, .first_name = first_name, .last_name = last_name, .email = email, .phone = phone});
    }
};

base::Role Users::role_of(const SourceRow& row) const
{
    if (is_true(row.value(field::IsSuperuser)))
        return base::Role::Administrator;
    if (!is_true(row.value(field::IsStaff)))
        return base::Role::Customer;
    return supervisors_.contains(row.id) ? base::Role::Supervisor : base::Role::Representative;
}

std::int64_t Users::digest(const SourceRow& row) const
{
    // The role comes from another table, so that it is not among the row's values.
    return short_digest(fmt::format("{} {}", row.digest(), base::role_name(role_of(row))));
}

std::string Users::one_spelling(const SourceRow& row, const std::string& there) const
{
    std::string here = users::normal_username(there);
    if (here == there || here.empty())
        return there;
    report().changed(place(row, "user name"), there, here, "one spelling of accents, no blanks around it");
    return here;
}

Users::Fields Users::fields_of(const SourceRow& row) const
{
    const bool has_active = row.value(field::IsActive).has_value();
    return {.username = text(row, field::Username, "user name"),
        .password = text(row, field::Password, "password"),
        .first_name = text(row, field::FirstName, "first name"),
        .last_name = text(row, field::LastName, "last name"),
        .email = text(row, field::Email, "email"),
        .role = role_of(row),
        .is_active = !has_active || is_true(row.value(field::IsActive)),
        .joined = time(row, field::DateJoined, "date joined").value_or(now()),
        .last_login = time(row, field::LastLogin, "last sign-in")};
}

void Users::note_oddities(const SourceRow& row, const Fields& fields) const
{
    if (users::normal_username(fields.username).empty())
        report().taken_as_it_is(place(row, "user name"), fields.username, "nobody can sign in with an empty one");
    else if (!users::is_valid_username(fields.username))
        report().taken_as_it_is(place(row, "user name"), fields.username, "new ones are letters, digits and @ . + - _");
    if (!fields.email.empty() && !users::is_valid_email(fields.email))
        report().taken_as_it_is(place(row, "email"), fields.email, "not an email that our forms accept");
    // Never the hash itself.
    if (!sign_in::can_check(fields.password) && !fields.password.starts_with('!'))
        report().remarked(place(row, "password"), kind_of_hash(fields.password),
            "we do not compute such a hash; it is kept, but only a reset lets this user sign in");
}

void Users::note_look_alike(const Target& target, const SourceRow& row, const std::string& username) const
{
    if (target.db == nullptr)
        return;
    if (const auto other = users::find_look_alike(*target.db, username))
        report().taken_as_it_is(
            place(row, "user name"), username, fmt::format("looks like another user's name: {}", shown(*other)));
    else if (users::mixes_alphabets(username))
        report().taken_as_it_is(place(row, "user name"), username,
            "mixes Latin letters with Cyrillic or Greek ones in a word, which new names must not");
}

std::string Users::free_username(const Target& target, const SourceRow& row, const std::string& wanted) const
{
    const std::string spelled = users::normal_username(wanted);
    const auto other = target.db == nullptr ? std::nullopt : users::find_user(*target.db, wanted);
    // One that differs only in case keeps the name: each of the two signs in by the own spelling.
    const bool is_taken = (other && users::normal_username(other->username) == spelled) ||
                          (target.rehearsal != nullptr && target.rehearsal->has_name(user_subject, spelled));
    std::string free = is_taken ? fmt::format("{}+{}", spelled, row.id) : wanted;
    if (is_taken)
        report().changed(place(row, "user name"), wanted, free, "somebody else here has this name");
    if (target.rehearsal != nullptr)
        target.rehearsal->add_name(user_subject, users::normal_username(free));
    return free;
}

std::int64_t Users::add(const Target& target, const SourceRow& row)
{
    Fields fields = fields_of(row);
    fields.username = one_spelling(row, fields.username);
    note_oddities(row, fields);
    fields.username = free_username(target, row, fields.username);
    note_look_alike(target, row, fields.username);
    const std::int64_t id = choose_id(target, Identity::User, place(row), report());
    if (!target.writes())
        return id;
    target.tx->apply(R"(
        INSERT INTO auth_user (id, password, last_login, is_superuser, username, first_name, last_name, email, is_staff,
                               is_active, date_joined, role, search_text, username_key, username_twin)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14,
                CASE WHEN EXISTS (SELECT 1 FROM auth_user other
                                   WHERE other.username_key = $14 AND other.username_key <> '')
                     THEN CAST($15 AS BIGINT) ELSE 0 END))",
        id, fields.password, fields.last_login, fields.role == base::Role::Administrator, fields.username,
        fields.first_name, fields.last_name, fields.email, fields.role != base::Role::Customer, fields.is_active,
        fields.joined, base::role_name(fields.role), fields.search_text(fields.username, {}),
        users::username_key(fields.username), id);
    add_created_event(*target.tx, id, fields.role, fields.joined);
    return id;
}

std::optional<std::int64_t> Users::update(const Target& target, const SourceRow& row, const Known& known)
{
    const users::User here = users::get_user(*target.db, UserId{known.target_id});
    if (here.version != known.version) {
        report().kept_ours(place(row), "changed here and in the source since the last run");
        return std::nullopt;
    }
    const Fields fields = fields_of(row);
    // A hash of our own means that the user has signed in here: the password is no longer the source's to change.
    const std::string stored = users::password_hash_of(*target.db, here.id);
    const bool has_own_password = stored.starts_with("$argon2id$");
    if (!target.writes())
        return known.version + 1;
    const auto last_login = std::max(here.last_login, fields.last_login);
    target.tx->apply(R"(
        UPDATE auth_user
           SET password = $2, last_login = $3, is_superuser = $4, first_name = $5, last_name = $6, email = $7,
               is_staff = $8, is_active = $9, role = $10, search_text = $11, version = version + 1
         WHERE id = $1)",
        here.id, has_own_password ? stored : fields.password, last_login, fields.role == base::Role::Administrator,
        fields.first_name, fields.last_name, fields.email, fields.role != base::Role::Customer, fields.is_active,
        base::role_name(fields.role), fields.search_text(here.username, here.phone));
    search::update_search_words_of_user(*target.tx, here.id);
    return known.version + 1;
}

std::set<std::int64_t> find_supervisors(db::ForeignDatabase& source, const Layout& layout)
{
    std::set<std::int64_t> found;
    if (layout.memberships.empty())
        return found;
    db::SqlBuilder sql("SELECT CAST(m.");
    sql.name(layout.membership_user).add(" AS BIGINT), CAST(g.name AS TEXT) FROM ").name(layout.memberships);
    sql.add(" m JOIN ").name(layout.groups).add(" g ON g.id = m.group_id");
    source.read(sql, [&](const db::Row& row) {
        if (base::fold(row.text(1)).find("supervisor") != std::string::npos)
            found.insert(row.integer(0));
        return true;
    });
    return found;
}

} // namespace commands::import_django
