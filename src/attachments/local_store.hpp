#pragma once

#include "attachments/store.hpp"

#include <mutex>

namespace attachments {

/// A directory: `root/ab/abcdef…` and `root/tmp/`. Uploads must lie on the same file system.
class LocalStore : public Store
{
  public:
    /// Creates the directories; throws std::system_error.
    explicit LocalStore(std::filesystem::path root);

    std::string place() const override;
    std::optional<std::string> find_id() const override;
    void set_id(std::string_view id) override;
    std::filesystem::path temporary_directory() const override;
    void put(std::string_view stored_name, const std::filesystem::path& uploaded, std::string_view sha256) override;
    base::Descriptor open(const Attachment& file) const override;
    /// Throws std::invalid_argument for what is not a name that keep() gave.
    std::filesystem::path path_of(std::string_view stored_name) const;

  protected:
    bool remove(std::string_view stored_name) override;
    void list_older(base::Time time, const std::function<void(std::string)>& tell) override;

  private:
    std::filesystem::path root_;
    /// Nobody may put a file into a directory whose own name is not durable yet.
    std::mutex new_directory_;
};

} // namespace attachments
