#pragma once

#include "commands/import_django/noun.hpp"

namespace commands::import_django {

class Comments final : public Noun
{
  public:
    using Noun::Noun;

    std::string_view subject() const override { return comment_subject; }
    const SourceTable& table() const override { return layout().comments; }
    std::int64_t add(const Target& target, const SourceRow& row) override;
    /// Comments are not edited here, so the source's text is followed always.
    std::optional<std::int64_t> update(const Target& target, const SourceRow& row, const Known& known) override;
    std::int64_t first_version() const override { return 0; }

  private:
    std::string text_of(const SourceRow& row) const;
};

class Notifications final : public Noun
{
  public:
    using Noun::Noun;

    std::string_view subject() const override { return notification_subject; }
    const SourceTable& table() const override { return layout().notifications; }
    std::int64_t add(const Target& target, const SourceRow& row) override;
    /// One that was read in either place is read.
    std::optional<std::int64_t> update(const Target& target, const SourceRow& row, const Known& known) override;
    std::int64_t first_version() const override { return 0; }
};

} // namespace commands::import_django
