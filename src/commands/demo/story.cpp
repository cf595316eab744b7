#include "commands/demo/story.hpp"

#include "commands/demo/random.hpp"
#include "commands/demo/town.hpp"

#include <algorithm>
#include <array>

namespace commands::demo {

namespace {

using std::chrono::hours;
using std::chrono::minutes;

constexpr int story_days = 730;

struct Weight
{
    std::string_view type;
    unsigned percent;
};
constexpr std::array weights = {Weight{"maintenance", 27}, Weight{"billing", 20}, Weight{"meter-reading", 16},
    Weight{"no-gas-or-heat", 12}, Weight{"installation", 11}, Weight{"gas-leak", 8}, Weight{"other", 6}};

/// Of a hundred service requests, how many get 0, 1, 2, … comments: 2.2 on average.
constexpr std::array<unsigned, 6> comment_weights = {11, 21, 28, 21, 12, 7};

struct Submission
{
    base::Time at;
    std::string_view type;
    bool is_open_leak = false;
};

class Planner
{
  public:
    explicit Planner(const StoryOptions& options) : options_(options), random_(options.seed)
    {
        for (int day = story_days - 1; day >= 0; --day)
            days_.push_back(options.zone.start_of_day_after(options.now, -day));
    }

    Story plan()
    {
        Story story;
        add_cast_story(story, options_.now);
        const std::vector<Submission> submissions = plan_submissions();
        const std::vector<std::uint32_t> customers = deal_customers();
        for (std::size_t i = 0; i < submissions.size(); ++i)
            plan_request(story, submissions[i], customers[i]);
        std::ranges::stable_sort(story.steps, {}, &Step::at);
        return story;
    }

  private:
    minutes minutes_between(std::int64_t least, std::int64_t most) { return minutes{random_.between(least, most)}; }

    base::Time time_of_day(base::Time day, int first_hour, int last_hour)
    {
        return day + hours(random_.between(first_hour, last_hour)) +
               std::chrono::milliseconds(random_.between(0, 3'599'999));
    }

    std::string_view pick_type()
    {
        auto number = static_cast<unsigned>(random_.below(100));
        for (const Weight& weight : weights) {
            if (number < weight.percent)
                return weight.type;
            number -= weight.percent;
        }
        return "other";
    }

    std::vector<Submission> plan_submissions()
    {
        std::vector<Submission> all;
        for (std::int64_t i = 0; i < options_.requests; ++i) {
            const bool is_by_night = random_.chance(12);
            base::Time at = time_of_day(random_.pick(days_), is_by_night ? 0 : 7, is_by_night ? 23 : 21);
            if (at > options_.now - minutes(5))
                at = options_.now - minutes_between(5, 600);
            std::string_view type = pick_type();
            // A leak of the last hours would be open still, and open leaks are rare.
            if (type == "gas-leak" && at > options_.now - hours(6))
                type = "maintenance";
            all.push_back({at, type});
        }
        if (all.size() > 10)
            all.back() = {options_.now - minutes(72), "gas-leak", true};
        std::ranges::stable_sort(all, {}, &Submission::at);
        return all;
    }

    /// Everybody once in each round, in another order each time.
    std::vector<std::uint32_t> deal_customers()
    {
        std::vector<std::uint32_t> dealt;
        std::vector<std::uint32_t> round;
        for (std::int64_t i = 0; i < options_.customers; ++i)
            round.push_back(static_cast<std::uint32_t>(FirstCustomer + static_cast<std::uint64_t>(i)));
        while (dealt.size() < static_cast<std::size_t>(options_.requests)) {
            for (std::size_t i = round.size(); i > 1; --i)
                std::swap(round[i - 1], round[static_cast<std::size_t>(random_.below(i))]);
            dealt.insert(dealt.end(), round.begin(), round.end());
        }
        return dealt;
    }

    std::uint32_t pick_staff()
    {
        const auto number = random_.below(10);
        return number < 7 ? Ravi : number < 9 ? Sofia : Ada;
    }

    /// Moves what the desk does at night to the next morning; for leaks it never sleeps.
    base::Time in_office_hours(base::Time at, bool is_leak)
    {
        const int hour = options_.zone.hour(at);
        if (is_leak || (hour >= 7 && hour < 20))
            return at;
        return at + hours((31 - hour) % 24) + minutes_between(1, 50);
    }

    bool stays_pending(const Submission& submission)
    {
        if (submission.type == "gas-leak")
            return submission.is_open_leak;
        // 15 of a hundred of the oldest and 45 of the newest.
        const auto age = std::chrono::duration_cast<hours>(options_.now - submission.at).count();
        return random_.chance(45 - static_cast<unsigned>(std::min<std::int64_t>(30, 30 * age / (24 * story_days))));
    }

    std::size_t count_comments()
    {
        auto number = static_cast<unsigned>(random_.below(100));
        for (std::size_t count = 0; count < comment_weights.size(); ++count) {
            if (number < comment_weights[count])
                return count;
            number -= comment_weights[count];
        }
        return 0;
    }

    /// False when it would happen in the future: nothing follows then.
    bool add(Story& story, Step step)
    {
        if (step.at > options_.now - minutes(1))
            return false;
        step.seed = random_.next();
        story.steps.push_back(step);
        return true;
    }

    void plan_request(Story& story, const Submission& submission, std::uint32_t customer)
    {
        const auto number = static_cast<std::uint32_t>(story.requests.size());
        const auto enclosed_every = static_cast<std::uint32_t>(std::max<std::int64_t>(1, options_.requests / 8));
        Step step{.at = submission.at, .request = number, .person = customer};
        if (number % enclosed_every == 0)
            step.enclosure = number / enclosed_every % 3 == 2 ? Enclosure::Document : Enclosure::Photo;
        story.requests.push_back({submission.type, customer});
        add(story, step);
        step.enclosure = Enclosure::None;
        if (plan_comments(story, step, submission, customer) && !stays_pending(submission))
            plan_end(story, step, submission, customer);
    }

    /// Moves `step` on to the last comment.
    bool plan_comments(Story& story, Step& step, const Submission& submission, std::uint32_t customer)
    {
        const bool is_leak = submission.type == "gas-leak";
        const std::size_t count = count_comments();
        bool was_staff = false;
        for (std::size_t i = 0; i < count; ++i) {
            const bool is_staff = i == 0 ? random_.chance(78) : !was_staff || random_.chance(45);
            step.deed = is_staff && was_staff && random_.chance(60) ? Deed::InternalNote : Deed::PublicComment;
            step.person = is_staff ? pick_staff() : customer;
            step.at += is_leak ? minutes_between(2, 25) : minutes_between(25, 60 * 40);
            if (is_staff)
                step.at = in_office_hours(step.at, is_leak);
            if (!add(story, step))
                return false;
            was_staff = is_staff;
        }
        return true;
    }

    void plan_end(Story& story, Step& step, const Submission& submission, std::uint32_t customer)
    {
        const bool is_leak = submission.type == "gas-leak";
        step.deed = Deed::Resolve;
        step.person = pick_staff();
        step.at =
            in_office_hours(step.at + (is_leak ? minutes_between(20, 90) : minutes_between(10, 60 * 72)), is_leak);
        if (!add(story, step) || is_leak || !random_.chance(2))
            return;
        step.deed = Deed::Reopen;
        step.person = customer;
        step.at += minutes_between(60, 60 * 24 * 6);
        if (!add(story, step))
            return;
        step.deed = Deed::Resolve;
        step.person = pick_staff();
        step.at = in_office_hours(step.at + minutes_between(60, 60 * 72), false);
        add(story, step);
    }

    const StoryOptions& options_;
    Random random_;
    std::vector<base::Time> days_;
};

} // namespace

base::Time beginning(const StoryOptions& options)
{
    return options.zone.start_of_day_after(options.now, -story_days) + hours(9);
}

Story plan_story(const StoryOptions& options)
{
    return Planner(options).plan();
}

} // namespace commands::demo
