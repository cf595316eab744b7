#pragma once

#include "base/time.hpp"
#include "i18n/language.hpp"

#include <chrono>
#include <string>

namespace i18n {

/// Instants in words: in one language, as the clocks of one zone show them, seen from one moment. A cheap value of
/// references; the language and the zone must outlive it.
class Dates
{
  public:
    Dates(const Language& language, const base::Zone& zone, base::Time now)
        : language_(&language), zone_(&zone), now_(now), today_(zone.local(now))
    {}

    const Language& language() const { return *language_; }
    const base::Zone& zone() const { return *zone_; }
    base::Time now() const { return now_; }

    /// An instant short and with year and zone, for less than both cost apart.
    struct Both
    {
        std::string friendly;
        std::string exact;
    };

    /// "Nov 16, 2026, 4:31 PM EST".
    std::string exact(base::Time time) const;
    /// "today, 4:31 PM", "yesterday, …", "tomorrow, …", "Nov 16, 4:31 PM" or with the year when it is another one.
    std::string friendly(base::Time time) const;
    Both both(base::Time time) const;
    /// "Nov 16, 2026".
    std::string day(base::Time time) const;
    /// "2 days", "3 h", "12 min", "just now" (under a minute or in the future): how long ago it was, short.
    std::string age(base::Time time) const;
    /// "2 days", "3 h", "12 min", "less than 1 min": how long something took, short.
    std::string span(std::chrono::milliseconds length) const;

  private:
    const DatePattern& friendly_pattern(const base::LocalTime& local) const;
    std::string friendly(base::Time time, const base::LocalTime& local) const;

    const Language* language_;
    const base::Zone* zone_;
    base::Time now_;
    base::LocalTime today_;
};

} // namespace i18n
