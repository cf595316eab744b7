#pragma once
// A browser that somebody signed in with is a known device of that user. It proves nothing and opens nothing: its wrong
// passwords are counted apart from those of strangers (throttle.hpp). Its cookie says nothing about anybody.

#include "base/ids.hpp"
#include "base/time.hpp"
#include "db/connection.hpp"

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

namespace sign_in {

/// Browsers keep no cookie for longer.
inline constexpr std::chrono::hours device_kept_for{24 * 400};

/// A new cookie: random, with a code that only this site can make of `key`, so that others are refused without the
/// database.
std::string new_device_cookie(std::string_view key);
/// What the database keys a device by; empty for a cookie that is none of ours.
std::string device_hash(std::string_view key, std::string_view cookie);

/// True when this user has signed in with this device (empty: never).
bool is_known_device(db::Connection& db, std::string_view device, UserId user);
/// True when this user has signed in with any device that we know again.
bool has_known_devices(db::Connection& db, UserId user);
/// Remember that this user signed in with this device.
void note_known_device(db::Transaction& tx, std::string_view device, UserId user, base::Time now);
/// Forget all devices of a user.
void remove_known_devices(db::Transaction& tx, UserId user);
/// Remove those whose cookie has ended; returns how many.
std::int64_t remove_old_devices(db::Transaction& tx, base::Time now);

} // namespace sign_in
