#pragma once

#include "base/visitor.hpp"
#include "commands/import_django/noun.hpp"

#include <set>
#include <string>

namespace commands::import_django {

/// Users with their password hashes as they are.
class Users final : public Noun
{
  public:
    /// `supervisors` are the ids there of those in a group of that name.
    Users(const Setting& setting, std::set<std::int64_t> supervisors)
        : Noun(setting), supervisors_(std::move(supervisors))
    {}

    std::string_view subject() const override { return user_subject; }
    const SourceTable& table() const override { return layout().users; }
    std::int64_t digest(const SourceRow& row) const override;
    std::int64_t add(const Target& target, const SourceRow& row) override;
    std::optional<std::int64_t> update(const Target& target, const SourceRow& row, const Known& known) override;

  private:
    struct Fields;
    base::Role role_of(const SourceRow& row) const;
    Fields fields_of(const SourceRow& row) const;
    std::string one_spelling(const SourceRow& row, const std::string& there) const;
    void note_oddities(const SourceRow& row, const Fields& fields) const;
    void note_look_alike(const Target& target, const SourceRow& row, const std::string& username) const;
    std::string free_username(const Target& target, const SourceRow& row, const std::string& wanted) const;

    std::set<std::int64_t> supervisors_;
};

/// Accounts, each linked to its user.
class Accounts final : public Noun
{
  public:
    using Noun::Noun;

    std::string_view subject() const override { return account_subject; }
    const SourceTable& table() const override { return layout().accounts; }
    std::int64_t add(const Target& target, const SourceRow& row) override;
    std::optional<std::int64_t> update(const Target& target, const SourceRow& row, const Known& known) override;

  private:
    struct Fields;
    Fields fields_of(const Target& target, const SourceRow& row) const;
    std::string free_number(const Target& target, const SourceRow& row, const std::string& wanted) const;
};

/// Ids of the users in groups with "supervisor" in their names.
std::set<std::int64_t> find_supervisors(db::ForeignDatabase& source, const Layout& layout);

} // namespace commands::import_django
