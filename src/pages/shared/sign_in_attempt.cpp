#include "pages/shared/sign_in_attempt.hpp"

#include "base/error.hpp"
#include "http/head/addresses.hpp"
#include "sign_in/known_device.hpp"

namespace pages::shared {

namespace {

using std::chrono::milliseconds;

// Wrong passwords are counted when they have been checked. These bind whoever asks for many checks at once, and right
// passwords too. An office begins its day with many right ones from one address.
constexpr web::Buckets::Rule of_device{.size = 20, .refill = milliseconds(3000)};
constexpr web::Buckets::Rule of_network{.size = 60, .refill = milliseconds(1000)};

} // namespace

sign_in::SignInAttempt begin_attempt(const web::Context& ctx, std::string_view username)
{
    sign_in::SignInAttempt attempt{.address = http::subscriber_of(ctx.request().remote_address),
        .username = username,
        .now = ctx.now(),
        .device = sign_in::device_hash(ctx.site().form_key, ctx.cookie(device_cookie))};
    const bool is_device = !attempt.device.empty();
    const auto wait = ctx.site().sign_ins->take(
        is_device ? attempt.device : attempt.address, is_device ? of_device : of_network, attempt.now);
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
