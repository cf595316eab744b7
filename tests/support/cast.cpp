#include "support/cast.hpp"

#include "accounts/account.hpp"
#include "actions/change_account.hpp"
#include "actions/change_user.hpp"
#include "actions/link_account.hpp"
#include "users/user.hpp"

#include <openssl/evp.h>

#include <array>

namespace support {

namespace {

base::Visitor add_person(db::Transaction& tx, const users::NewUser& person, base::Time now)
{
    const UserId id = actions::add_user(tx, base::act_of_program(now), person);
    return {.user_id = id,
        .role = person.role,
        .username = person.username,
        .full_name = person.first_name + ' ' + person.last_name};
}

AccountId add_account(
    db::Transaction& tx, const base::Visitor& holder, const accounts::AccountForm& form, base::Time now)
{
    const base::Act act = base::act_of_program(now);
    const AccountId id = actions::add_account(tx, act, form);
    actions::link_account(tx, act, id, holder.user_id);
    return id;
}

Cast add_everybody(db::Transaction& tx, base::Time now)
{
    const std::string hash = cheap_hash(cast_password);
    const auto person = [&](std::string_view username, std::string_view first, std::string_view last, base::Role role) {
        return add_person(tx,
            {.username = std::string(username),
                .first_name = std::string(first),
                .last_name = std::string(last),
                .email = std::string(username) + "@example.com",
                .phone = "555-0142",
                .role = role,
                .password_hash = hash},
            now);
    };
    Cast cast{.mei = person("mei", "Mei", "Chen", base::Role::Customer),
        .omar = person("omar", "Omar", "Haddad", base::Role::Customer),
        .ravi = person("ravi", "Ravi", "Patel", base::Role::Representative),
        .sofia = person("sofia", "Sofia", "Marchetti", base::Role::Supervisor),
        .ada = person("ada", "Ada", "Byrne", base::Role::Administrator),
        .account_of_mei = {},
        .account_of_omar = {}};
    cast.account_of_mei =
        add_account(tx, cast.mei, {.number = "4410-2087-33", .address = "12 Elm Street", .phone = "555-0142"}, now);
    cast.account_of_omar =
        add_account(tx, cast.omar, {.number = "4410-2087-41", .address = "14 Elm Street", .phone = "555-0143"}, now);
    return cast;
}

} // namespace

std::string cheap_hash(std::string_view password)
{
    constexpr std::string_view salt = "pepper";
    constexpr int iterations = 2;
    std::array<unsigned char, 32> hash{};
    PKCS5_PBKDF2_HMAC(password.data(), static_cast<int>(password.size()),
        reinterpret_cast<const unsigned char*>(salt.data()), static_cast<int>(salt.size()), iterations, EVP_sha256(),
        static_cast<int>(hash.size()), hash.data());
    std::array<unsigned char, 64> base64{};
    const int length = EVP_EncodeBlock(base64.data(), hash.data(), static_cast<int>(hash.size()));
    return "pbkdf2_sha256$2$pepper$" +
           std::string(reinterpret_cast<const char*>(base64.data()), static_cast<std::size_t>(length));
}

Cast add_cast(db::Database& database, base::Time now)
{
    return database.write([&](db::Transaction& tx) { return add_everybody(tx, now); });
}

} // namespace support
