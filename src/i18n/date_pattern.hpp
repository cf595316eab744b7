#pragma once

#include "base/time.hpp"
#include "base/translatable.hpp"

#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace i18n {

struct DatePatterns;

/// How a language writes an instant: "{month} {day}, {year}, {hour}:{minute} {half} {zone}". Taken apart once, because
/// pages print thousands a second. A language with clocks of 24 hours writes {hour24}.
class DatePattern
{
  public:
    explicit DatePattern(std::string_view pattern);

    std::string write(const base::LocalTime& time, const DatePatterns& names) const;

  private:
    enum class Field : std::uint8_t
    {
        None,
        Year,
        Month,
        Day,
        Hour,
        Hour24,
        Minute,
        Half,
        Zone
    };
    struct Piece
    {
        std::string before;
        Field field = Field::None;
    };

    static Field field_of(std::string_view name);

    std::vector<Piece> pieces_;
};

/// All that a language needs to write instants.
struct DatePatterns
{
    explicit DatePatterns(const base::Translator& translator);

    std::array<std::string, 12> months;
    std::string morning;
    std::string afternoon;
    DatePattern exact;
    DatePattern day;
    DatePattern today;
    DatePattern yesterday;
    DatePattern tomorrow;
    DatePattern this_year;
    DatePattern another_year;
};

} // namespace i18n
