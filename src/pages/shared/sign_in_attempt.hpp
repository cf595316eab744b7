#pragma once

#include "base/error.hpp"
#include "http/head/addresses.hpp"
#include "sign_in/known_device.hpp"
#include "sign_in/throttle.hpp"
#include "web/context.hpp"

#include <chrono>
#include <string_view>

namespace pages::shared {

/// The cookie of a known device (sign_in/known_device.hpp).
inline constexpr std::string_view device_cookie = "gu_device";

// Wrong passwords are counted when they have been checked. These bind whoever asks for many checks at once, and right
// passwords too. An office begins its day with many right ones from one address.
inline constexpr web::Buckets::Rule bucket_of_device{.size = 20, .refill = std::chrono::milliseconds(3000)};
inline constexpr web::Buckets::Rule bucket_of_network{.size = 60, .refill = std::chrono::milliseconds(1000)};

/// Begin an attempt to show that the visitor is `username`: by whom and from where. Throws base::TooManyAttempts when
/// this browser or network began too many at once, before any work is done for it.
inline sign_in::SignInAttempt begin_attempt(const web::Context& ctx, std::string_view username)
{
    sign_in::SignInAttempt attempt{.address = http::subscriber_of(ctx.request().remote_address),
        .username = username,
        .now = ctx.now(),
        .device = sign_in::device_hash(ctx.site().form_key, ctx.cookie(device_cookie))};
    const bool is_device = !attempt.device.empty();
    const auto wait = ctx.site().sign_ins->take(
        is_device ? attempt.device : attempt.address, is_device ? bucket_of_device : bucket_of_network, attempt.now);
    if (wait) {
        const auto seconds = std::chrono::ceil<std::chrono::seconds>(*wait).count();
        throw base::TooManyAttempts(
            base::Text::plural("Too many sign-ins at once. Wait one second, then try again.",
                "Too many sign-ins at once. Wait {n} seconds, then try again.", static_cast<std::uint64_t>(seconds)),
            static_cast<int>(seconds));
    }
    return attempt;
}

} // namespace pages::shared
