#include "db/sql.hpp"

#include <stdexcept>

namespace db {

SqlBuilder& SqlBuilder::bind(const Value& value)
{
    Value kept = value;
    if (value.kind() == Value::Kind::Text)
        kept = Value(kept_.emplace_back(value.text()));
    else if (value.kind() == Value::Kind::Blob)
        kept = Value::blob(kept_.emplace_back(value.text()));
    values_.push_back(kept);
    text_.append("$").append(std::to_string(values_.size()));
    return *this;
}

SqlBuilder& SqlBuilder::name(std::string_view identifier)
{
    if (identifier.empty() || identifier.find('\0') != std::string_view::npos)
        throw std::invalid_argument("not the name of a table or column");
    text_ += '"';
    for (const char c : identifier)
        text_.append(c == '"' ? 2 : 1, c);
    text_ += '"';
    return *this;
}

} // namespace db
