#include "i18n/date_pattern.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <stdexcept>
#include <utility>

namespace i18n {

namespace {

using base::MessageId;

constexpr std::array month_names = {MessageId("Jan"), MessageId("Feb"), MessageId("Mar"), MessageId("Apr"),
    MessageId("May"), MessageId("Jun"), MessageId("Jul"), MessageId("Aug"), MessageId("Sep"), MessageId("Oct"),
    MessageId("Nov"), MessageId("Dec")};

std::array<std::string, 12> translate_months(const base::Translator& translator)
{
    std::array<std::string, 12> months;
    std::transform(month_names.begin(), month_names.end(), months.begin(),
        [&](MessageId month) { return std::string(translator.translate(month.english())); });
    return months;
}

DatePattern pattern_of(const base::Translator& translator, MessageId pattern)
{
    return DatePattern(translator.translate(pattern.english()));
}

/// On the stack, because a string would grow piece by piece, and pages print thousands of dates a second.
class Line
{
  public:
    void put(char c)
    {
        if (size_ == chars_.size())
            throw std::length_error("a date is longer than any language writes it");
        chars_[size_++] = c;
    }
    void put(std::string_view piece)
    {
        if (piece.size() > chars_.size() - size_)
            throw std::length_error("a date is longer than any language writes it");
        for (const char c : piece)
            chars_[size_++] = c;
    }
    std::string text() const { return {chars_.data(), size_}; }

  private:
    std::array<char, 256> chars_;
    std::size_t size_ = 0;
};

void append_number(Line& line, int number)
{
    // Days and hours.
    if (number >= 0 && number < 100) {
        if (number >= 10)
            line.put(static_cast<char>('0' + number / 10));
        line.put(static_cast<char>('0' + number % 10));
        return;
    }
    const fmt::format_int digits(number);
    line.put(std::string_view(digits.data(), digits.size()));
}

void append_two_digits(Line& line, int number)
{
    line.put(static_cast<char>('0' + number / 10 % 10));
    line.put(static_cast<char>('0' + number % 10));
}

int hour_of_half(int hour)
{
    return hour % 12 == 0 ? 12 : hour % 12;
}

} // namespace

DatePattern::DatePattern(std::string_view pattern)
{
    Piece piece;
    while (!pattern.empty()) {
        const auto open = pattern.find('{');
        const auto close = open == std::string_view::npos ? open : pattern.find('}', open);
        if (close == std::string_view::npos)
            break;
        piece.field = field_of(pattern.substr(open + 1, close - open - 1));
        piece.before += pattern.substr(0, piece.field == Field::None ? close + 1 : open);
        pattern.remove_prefix(close + 1);
        if (piece.field != Field::None)
            pieces_.push_back(std::exchange(piece, {}));
    }
    piece.before += pattern;
    pieces_.push_back(std::move(piece));
}

DatePattern::Field DatePattern::field_of(std::string_view name)
{
    using enum Field;
    constexpr std::array<std::pair<std::string_view, Field>, 8> fields = {{{"year", Year}, {"month", Month},
        {"day", Day}, {"hour", Hour}, {"hour24", Hour24}, {"minute", Minute}, {"half", Half}, {"zone", Zone}}};
    const auto found = std::ranges::find(fields, name, &std::pair<std::string_view, Field>::first);
    return found == fields.end() ? None : found->second;
}

std::string DatePattern::write(const base::LocalTime& time, const DatePatterns& names) const
{
    Line line;
    for (const Piece& piece : pieces_) {
        line.put(piece.before);
        switch (piece.field) {
        case Field::None:
            break;
        case Field::Year:
            append_number(line, time.date.year);
            break;
        case Field::Month:
            line.put(names.months.at(time.date.month - 1));
            break;
        case Field::Day:
            append_number(line, static_cast<int>(time.date.day));
            break;
        case Field::Hour:
            append_number(line, hour_of_half(time.hour));
            break;
        case Field::Hour24:
            append_two_digits(line, time.hour);
            break;
        case Field::Minute:
            append_two_digits(line, time.minute);
            break;
        case Field::Half:
            line.put(time.hour < 12 ? names.morning : names.afternoon);
            break;
        case Field::Zone:
            line.put(time.zone);
            break;
        }
    }
    return line.text();
}

DatePatterns::DatePatterns(const base::Translator& translator)
    : months(translate_months(translator)),
      morning(translator.translate(MessageId("AM").english())),
      afternoon(translator.translate(MessageId("PM").english())),
      exact(pattern_of(translator, MessageId("{month} {day}, {year}, {hour}:{minute} {half} {zone}"))),
      day(pattern_of(translator, MessageId("{month} {day}, {year}"))),
      today(pattern_of(translator, MessageId("today, {hour}:{minute} {half}"))),
      yesterday(pattern_of(translator, MessageId("yesterday, {hour}:{minute} {half}"))),
      tomorrow(pattern_of(translator, MessageId("tomorrow, {hour}:{minute} {half}"))),
      this_year(pattern_of(translator, MessageId("{month} {day}, {hour}:{minute} {half}"))),
      another_year(pattern_of(translator, MessageId("{month} {day}, {year}, {hour}:{minute} {half}")))
{}

} // namespace i18n
