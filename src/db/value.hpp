#pragma once

#include "base/ids.hpp"
#include "base/time.hpp"

#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>

namespace db {

/// A parameter for a statement. Text is borrowed: it must outlive the call that binds it.
class Value
{
  public:
    enum class Kind : std::uint8_t
    {
        Null,
        Integer,
        Text,
        Blob
    };

    constexpr Value() = default;
    constexpr Value(std::nullopt_t) {}
    template <std::integral T>
    constexpr Value(T number) : kind_(Kind::Integer), integer_(static_cast<std::int64_t>(number))
    {}
    constexpr Value(std::string_view text) : kind_(Kind::Text), text_(text) {}
    Value(const std::string& text) : kind_(Kind::Text), text_(text) {}
    constexpr Value(const char* text) : kind_(Kind::Text), text_(text) {}
    template <typename Tag>
    constexpr Value(base::Id<Tag> id) : kind_(id ? Kind::Integer : Kind::Null), integer_(id.value)
    {}
    constexpr Value(base::Time time) : kind_(Kind::Integer), integer_(base::to_millis(time)) {}
    template <typename T>
    constexpr Value(const std::optional<T>& value)
    {
        if (value)
            *this = Value(*value);
    }

    static constexpr Value blob(std::string_view bytes)
    {
        Value value(bytes);
        value.kind_ = Kind::Blob;
        return value;
    }

    constexpr Kind kind() const { return kind_; }
    constexpr std::int64_t integer() const { return integer_; }
    constexpr std::string_view text() const { return text_; }

  private:
    Kind kind_ = Kind::Null;
    std::int64_t integer_ = 0;
    std::string_view text_;
};

} // namespace db
