#include "db/sql.hpp"

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

} // namespace db
