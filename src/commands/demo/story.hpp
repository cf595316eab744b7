#pragma once

#include "base/time.hpp"

#include <cstdint>
#include <string_view>
#include <vector>

namespace commands::demo {

enum class Deed : std::uint8_t
{
    Submit,
    PublicComment,
    InternalNote,
    Resolve,
    Reopen
};

enum class Enclosure : std::uint8_t
{
    None,
    Photo,
    Document
};

/// Nobody: a leak reported without signing in.
inline constexpr std::uint32_t guest = UINT32_MAX;

/// One thing that one person does at one time.
struct Step
{
    base::Time at{};
    /// Which of Story::requests.
    std::uint32_t request = 0;
    /// Which of Town::people, or guest.
    std::uint32_t person = guest;
    Deed deed = Deed::Submit;
    Enclosure enclosure = Enclosure::None;
    /// Decides the words when `text` is empty.
    std::uint64_t seed = 0;
    std::string_view text = {};
};

struct PlannedRequest
{
    /// Slug of the request type, a literal.
    std::string_view type;
    std::uint32_t customer = guest;
};

/// Everything that happens, in order of time.
struct Story
{
    std::vector<PlannedRequest> requests;
    std::vector<Step> steps;
};

struct StoryOptions
{
    std::int64_t customers = 50;
    /// Shared out evenly among the customers; the cast's and a guest's come on top.
    std::int64_t requests = 500;
    std::uint64_t seed = 1;
    /// Nothing happens later than this.
    base::Time now{};
    const base::Zone& zone;
};

/// Two years of service requests that end now: about a third pending, two or three gas leaks open and recent.
Story plan_story(const StoryOptions& options);

/// When the story begins: before the first service request.
base::Time beginning(const StoryOptions& options);

/// What the cast and a guest do, whatever the seed: "the leak on Elm Street" among it.
void add_cast_story(Story& story, base::Time now);

} // namespace commands::demo
