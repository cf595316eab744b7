#include "sign_in/known_device.hpp"

#include "base/crypto.hpp"

#include <fmt/format.h>

namespace sign_in {

namespace {

constexpr char code_mark = '.';
constexpr std::size_t code_bytes = 15;

std::string code_of(std::string_view key, std::string_view token)
{
    const base::Sha256 code = base::hmac_sha256(key, fmt::format("device {}", token));
    return base::base64url(std::string_view(reinterpret_cast<const char*>(code.data()), code_bytes));
}

} // namespace

std::string new_device_cookie(std::string_view key)
{
    const std::string token = base::random_token();
    return token + code_mark + code_of(key, token);
}

std::string device_hash(std::string_view key, std::string_view cookie)
{
    const auto mark = cookie.find(code_mark);
    if (key.empty() || mark == std::string_view::npos || mark == 0)
        return {};
    const std::string_view token = cookie.substr(0, mark);
    if (!base::constant_time_equal(code_of(key, token), cookie.substr(mark + 1)))
        return {};
    return base::hex(base::sha256(token));
}

bool is_known_device(db::Connection& db, std::string_view device, UserId user)
{
    if (device.empty())
        return false;
    return db.query("SELECT COUNT(*) FROM sign_in_device WHERE device = $1 AND user_id = $2", device, user).integer() !=
           0;
}

bool has_known_devices(db::Connection& db, UserId user)
{
    return db.query("SELECT COUNT(*) FROM sign_in_device WHERE user_id = $1", user).integer() != 0;
}

void note_known_device(db::Transaction& tx, std::string_view device, UserId user, base::Time now)
{
    tx.apply(R"(
        INSERT INTO sign_in_device (device, user_id, used_at) VALUES ($1, $2, $3)
        ON CONFLICT (device, user_id) DO UPDATE SET used_at = $3)",
        device, user, now);
}

void remove_known_devices(db::Transaction& tx, UserId user)
{
    tx.apply("DELETE FROM sign_in_device WHERE user_id = $1", user);
}

std::int64_t remove_old_devices(db::Transaction& tx, base::Time now)
{
    return tx.execute("DELETE FROM sign_in_device WHERE used_at <= $1", base::Time(now - device_kept_for));
}

} // namespace sign_in
