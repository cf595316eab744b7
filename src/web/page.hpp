#pragma once

#include "base/ids.hpp"
#include "base/translatable.hpp"

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

namespace web {

/// A language that every page offers, in its own words.
struct LanguageChoice
{
    /// For `lang` and "?lang=": "es".
    std::string_view tag;
    std::string name;
    /// Of the link to the leak report in that language.
    std::string smells_gas;
};

/// The place in the navigation that a page belongs to.
enum class Place : std::uint8_t
{
    None,
    Home,
    Requests,
    NewRequest,
    Notifications,
    Account,
    Overview,
    Emergencies,
    AllOpen,
    ResolvedToday,
    AllRequests,
    Users,
    Accounts,
};

/// A message about what was just done, shown once on the next page.
struct Flash
{
    enum class Kind : std::uint8_t
    {
        Ok,
        Warning,
        Danger
    };
    Kind kind = Kind::Ok;
    base::Text text;
};

/// What the reporter of a leak answered, as the database names it; all empty when nobody was asked.
struct LeakAnswers
{
    std::string place;
    std::string strength;
    std::string unable_to_leave;
    /// The tag of the language in which it was reported; empty when not known.
    std::string language;
};

/// An open emergency that nobody has taken, for the alarm on every page of the desk.
struct Alarm
{
    ServiceRequestId id;
    /// Version of the service request: a reopened one raises a new alarm.
    std::int64_t version = 0;
    /// The event by which it was given back, which raises a new alarm too; zero for none.
    EventId given_back;
    std::string reference;
    std::string type_name;
    std::string address;
    std::string person;
    std::string phone;
    LeakAnswers leak;
    /// How many others of the same sender this line speaks for, and how many other addresses they name.
    std::int64_t folded = 0;
    std::int64_t other_places = 0;
    /// "12 min"; scripts count on from when_iso.
    std::string age;
    std::string when_iso;
    /// It has waited longest: a phone shows it beside the first one.
    bool is_longest = false;
};

/// The bar under the header of every page of the desk.
struct AlarmBoard
{
    /// The newest that nobody has taken and the one that has waited longest: those where a person can't leave, then the
    /// others.
    std::vector<Alarm> alarms;
    /// Lines of all that nobody has taken; a line may speak for many of one sender.
    std::int64_t waiting = 0;
    /// In how many of these a person can't leave; counted when not all of them have a line.
    std::int64_t unable_to_leave = 0;
    /// Those that somebody has; they are one line.
    std::int64_t taken = 0;
    std::string oldest_taken;
    /// The form of the page that its buttons belong to. Without scripts the page's own one ("write") carries what is
    /// typed there along.
    std::string_view form = "take";

    bool empty() const { return waiting + taken == 0; }
    std::int64_t more() const { return waiting - std::ssize(alarms); }
    /// In how many of those without a line a person can't leave.
    std::int64_t more_unable_to_leave() const
    {
        return unable_to_leave -
               std::count_if(alarms.begin(), alarms.end(), [](const Alarm& alarm) { return is_unable(alarm); });
    }
    /// A phone shows the first and the one that has waited longest.
    std::int64_t more_unable_to_leave_on_phone() const
    {
        std::int64_t more = unable_to_leave;
        for (const Alarm& alarm : alarms)
            more -= (&alarm == &alarms.front() || alarm.is_longest) && is_unable(alarm) ? 1 : 0;
        return more;
    }
    static bool is_unable(const Alarm& alarm) { return alarm.leak.unable_to_leave == "yes"; }
    /// Beside those that a phone shows: the first and the one that has waited longest.
    std::int64_t more_on_phone() const
    {
        std::int64_t more =
            waiting - (alarms.empty() || alarms.front().is_longest ? std::min<std::int64_t>(waiting, 1) : 2);
        // Those of one sender whose line is hidden.
        for (const Alarm& alarm : alarms)
            more += &alarm == &alarms.front() || alarm.is_longest ? 0 : alarm.folded;
        return more;
    }
};

/// The utility's name and phone numbers; from the configuration.
struct SiteNames
{
    std::string name = "Hearthway Gas";
    std::string emergency_phone = "1-800-555-0199";
    /// For tel: links.
    std::string emergency_phone_link = "+18005550199";
    std::string service_phone = "1-800-555-0142";
    std::string service_phone_link = "+18005550142";
    /// The area's 911 centers take text messages.
    bool has_text_to_911 = false;
    /// Not the site but a copy of it to look at: every page says so.
    bool is_rehearsal = false;
};

/// Typed text that comes back in a form of the page.
struct KeptDraft
{
    /// The path of the page and its query; empty for none.
    std::string page;
    std::string when;
};

/// The data of every page's frame; made by Context::page(), completed by the handler.
struct Page
{
    base::Text title;
    base::Text description;
    /// For `lang`; lives as long as the site.
    std::string_view language;
    /// All that the site offers; lives as long as the site.
    const std::vector<LanguageChoice>* languages = nullptr;
    /// The server's clock, ISO 8601 UTC, so that a wrong clock on the phone does not matter.
    std::string now;
    /// The same for people who print the page.
    std::string printed;
    /// "light", "dark" or empty for "as on this device".
    std::string theme;
    const SiteNames* site = nullptr;

    /// The signed-in person; id zero for a guest.
    UserId user_id;
    std::string user_name;
    std::string user_initials;
    /// Signed in on a public computer.
    bool is_public_computer = false;
    bool is_staff = false;
    bool is_supervisor = false;
    bool is_administrator = false;

    /// The token every form carries in the field "csrf".
    std::string csrf;
    Place place = Place::None;
    std::int64_t unread = 0;
    /// The topics of the page, as web/live/topic.hpp reads them; empty for a page that is not live.
    std::string live_topics;
    /// The position of the snapshot that the page is rendered from.
    std::string live_after;
    /// The page gets updates also while it is hidden (the desk).
    bool live_keep = false;
    std::vector<Flash> flashes;
    /// Where who just resolved a service request goes on: the next one of the list; empty for nowhere.
    std::string next_url;

    /// The staff's side bar.
    std::int64_t open_emergencies = 0;
    /// With those that somebody has and all of one sender.
    std::int64_t all_emergencies = 0;
    std::int64_t open_requests = 0;
    std::int64_t resolved_today = 0;
    AlarmBoard board;
    /// The page has fields to fill in: without scripts "I have it" opens a page of its own, so that they stay.
    bool has_fields = false;
    KeptDraft kept;

    /// Path and query of this page, for returning to it.
    std::string target;
    /// The text in the staff's search field.
    std::string search;
};

} // namespace web
