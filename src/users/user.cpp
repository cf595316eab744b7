#include "users/user.hpp"

#include "base/error.hpp"
#include "base/phone/phone.hpp"
#include "base/text.hpp"
#include "base/utf8.hpp"
#include "db/like.hpp"
#include "users/user_row.hpp"

#include <algorithm>
#include <stdexcept>

namespace users {

namespace {

bool is_ascii_letter_or_digit(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

bool is_letter_or_digit(std::string_view code_point)
{
    if (code_point.size() == 1)
        return is_ascii_letter_or_digit(code_point.front());
    return !base::words(code_point, 1).empty();
}

} // namespace

std::string User::full_name() const
{
    return base::full_name(first_name, last_name, username);
}

bool is_valid_username(std::string_view username)
{
    constexpr std::string_view signs = "@.+-_";
    if (username.size() > 600 || !base::is_valid_utf8(username))
        return false;
    std::size_t length = 0;
    bool has_letter = false;
    for (std::string_view rest = username; !rest.empty(); ++length) {
        const base::CodePoint c = base::decode_utf8(rest);
        const std::string_view letter = rest.substr(0, c.length);
        if (!is_letter_or_digit(letter) && signs.find(letter) == std::string_view::npos)
            return false;
        has_letter = has_letter || base::is_letter_or_digit(c.value);
        rest.remove_prefix(letter.size());
    }
    return has_letter && length <= 150;
}

bool is_valid_email(std::string_view email)
{
    // The signs are legal inside quotes only, and would let a name or a second recipient into a mail's header.
    constexpr std::string_view forbidden = "()<>[],;:\"\\";
    if (email.size() > 254 || !base::is_valid_utf8(email) || email.find("\u00A0") != std::string_view::npos)
        return false;
    const auto is_forbidden = [&](char c) {
        return static_cast<unsigned char>(c) <= 0x20 || c == 0x7f || forbidden.find(c) != std::string_view::npos;
    };
    if (std::any_of(email.begin(), email.end(), is_forbidden) || base::has_control_characters(email))
        return false;
    const std::size_t at = email.find('@');
    if (at == std::string_view::npos || at == 0 || email.find('@', at + 1) != std::string_view::npos)
        return false;
    const std::string_view domain = email.substr(at + 1);
    return domain.find('.') != std::string_view::npos && domain.front() != '.' && domain.back() != '.' &&
           domain.find("..") == std::string_view::npos;
}

base::Role role_from_text(std::string_view name)
{
    const auto role = base::parse_role(name);
    if (!role)
        throw std::logic_error("auth_user.role holds an unknown role");
    return *role;
}

User user_from_row(const db::Row& row)
{
    return {.id = row.id<UserId>(0),
        .username = row.string(1),
        .first_name = row.string(2),
        .last_name = row.string(3),
        .email = row.string(4),
        .phone = base::normal_phone(row.text(5)),
        .role = role_from_text(row.text(6)),
        .is_active = row.boolean(7),
        .must_change_password = row.boolean(8),
        .date_joined = row.time(9),
        .last_login = row.optional_time(10),
        .version = row.integer(11),
        .last_browser = row.string(12),
        .last_system = row.string(13)};
}

std::optional<User> find_user(db::Connection& db, std::string_view username)
{
    return meant_by(username,
        map_rows(db.query(R"(
        SELECT id, username, first_name, last_name, email, phone, role, is_active, must_change_password, date_joined,
               last_login, version, last_browser, last_system
          FROM auth_user WHERE (username_key = $3 AND username_key <> '') OR username IN ($1, $2)
         ORDER BY CASE WHEN username = $1 THEN 0 WHEN username = $2 THEN 1 ELSE 2 END LIMIT 2)",
                     username, normal_username(username), username_key(username)),
            user_from_row),
        [](const User& user) -> const User& { return user; });
}

User get_user(db::Connection& db, UserId id)
{
    auto user = db.query(R"(
        SELECT id, username, first_name, last_name, email, phone, role, is_active, must_change_password, date_joined,
               last_login, version, last_browser, last_system
          FROM auth_user WHERE id = $1)",
                      id)
                    .first(user_from_row);
    if (!user)
        throw base::NotFound("no such user");
    return std::move(*user);
}

std::vector<User> list_users(db::Connection& db, const UserFilter& filter)
{
    db::SqlBuilder sql(R"(
        SELECT id, username, first_name, last_name, email, phone, role, is_active, must_change_password, date_joined,
               last_login, version, last_browser, last_system
          FROM auth_user WHERE id > )");
    sql.bind(filter.after.value);
    if (filter.role)
        sql.add(" AND role = ").bind(base::role_name(*filter.role));
    if (filter.is_active)
        sql.add(" AND is_active = ").bind(*filter.is_active);
    db::add_like_words(sql, filter.search, {"search_text"});
    sql.add(" ORDER BY id LIMIT ").bind(page_size + 1);
    return map_rows(db.query(sql), user_from_row);
}

} // namespace users
