#pragma once

#include "storage/store.hpp"

#include <array>
#include <chrono>
#include <mutex>

namespace storage {

/// A directory: `root/ab/abcdef…`, `root/tmp/` and `root/trash/2026-11-27/abcdef…`. Uploads must lie on the same file
/// system.
class LocalStore : public Store
{
  public:
    /// Creates the directories; throws std::system_error.
    explicit LocalStore(std::filesystem::path root);

    std::string place() const override;
    std::optional<std::string> find_note(std::string_view name) const override;
    void set_note(std::string_view name, std::string_view text) override;
    std::filesystem::path temporary_directory() const override;
    void put(std::string_view stored_name, const std::filesystem::path& uploaded, std::string_view sha256) override;
    base::Descriptor open(const FileKey& file) const override;
    void list(const std::function<Listing(KeptFile)>& tell) const override;
    bool move_to_trash(const TrashedFile& file) override;
    std::vector<TrashedFile> list_trash() const override;
    void bring_back(const TrashedFile& file) override;
    void remove_from_trash(const TrashedFile& file) override;
    /// Throws std::invalid_argument for what is not a name that keep() gave.
    std::filesystem::path path_of(std::string_view stored_name) const;

  protected:
    void remove(std::string_view stored_name) override;

  private:
    std::filesystem::path trash_path_of(const TrashedFile& file) const;
    /// Of a kept file or one in the trash; its name is durable on return.
    void make_directory(const std::filesystem::path& directory);

    /// Files that were read and compared with their checksum within the last minute. Thread-safe.
    class Compared
    {
      public:
        bool has(std::string_view name, std::string_view version);
        void add(std::string_view name, std::string version);

      private:
        using Clock = std::chrono::steady_clock;
        struct Entry
        {
            std::string name;
            std::string version;
            Clock::time_point until;
        };
        std::mutex mutex_;
        std::array<Entry, 64> recent_;
        std::size_t next_ = 0;
    };

    std::filesystem::path root_;
    mutable Compared compared_;
    /// Nobody may put a file into a directory whose own name is not durable yet.
    std::mutex new_directory_;
};

} // namespace storage
