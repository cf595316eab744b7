#pragma once

#include "http/head/addresses.hpp"
#include "web/context.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace pages::public_ {

/// How often one network may do something; an office or a mobile network is one for thousands of people.
struct TurnRule
{
    std::string_view name;
    web::Buckets::Rule rule;
};
inline constexpr TurnRule reset_turns = {"reset", {.size = 10, .refill = std::chrono::minutes(1)}};
inline constexpr TurnRule registration_turns = {"register", {.size = 10, .refill = std::chrono::minutes(2)}};

struct Wait
{
    base::Text text;
    std::chrono::seconds time;
};
/// Nothing when the visitor's network may do it now; otherwise how long it has to wait. Asked before any work is done.
inline std::optional<Wait> take_turn(const web::Context& ctx, const TurnRule& turns)
{
    const std::string key = std::string(turns.name) + '\n' + http::subscriber_of(ctx.request().remote_address);
    const auto wait = ctx.site().sign_ins->take(key, turns.rule, ctx.now());
    if (!wait)
        return std::nullopt;
    const auto minutes = std::chrono::ceil<std::chrono::minutes>(*wait).count();
    return Wait{
        .text = base::Text::plural("Too many tries from your internet connection. Wait one minute, then try again.",
            "Too many tries from your internet connection. Wait {n} minutes, then try again.",
            static_cast<std::uint64_t>(minutes)),
        .time = std::chrono::ceil<std::chrono::seconds>(*wait)};
}

/// The page that shows the form again, with Retry-After.
inline http::Response refuse_for_now(http::Response page, const Wait& wait)
{
    page.header("Retry-After", std::to_string(wait.time.count()));
    return page;
}

} // namespace pages::public_
