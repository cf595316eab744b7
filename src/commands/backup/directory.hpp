#pragma once

#include "commands/backup/destination.hpp"

#include <filesystem>
#include <mutex>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace commands::backup {

/// A directory. What is being made is in `.unfinished` and renamed at the end.
class Directory final : public Destination
{
  public:
    explicit Directory(std::filesystem::path root) : root_(std::filesystem::absolute(std::move(root))) {}

    const std::filesystem::path& root() const { return root_; }
    std::filesystem::path files() const { return root_ / "files"; }
    /// Where a file of this hash is kept.
    std::filesystem::path file(std::string_view sha256) const;
    std::filesystem::path backup(std::string_view name) const { return root_ / name; }

    std::string place() const override { return root_.string(); }
    std::string place_of_file(std::string_view sha256) const override { return file(sha256).string(); }
    std::vector<std::string> list() const override;
    base::Descriptor open(std::string_view name, std::string_view file) const override;
    base::Descriptor open_file(std::string_view sha256) const override;
    std::filesystem::path local_parts(const std::string& name, const Manifest& manifest) const override;
    /// Nothing where nothing can be written: then nobody else writes either.
    std::unique_ptr<Hold> lock_for_reading() const override;
    void make() const override;
    std::unique_ptr<Hold> lock() override;
    std::filesystem::path scratch() const override { return root_ / ".unfinished"; }
    bool holds(const Print& print) const override;
    void hold(const std::filesystem::path& copy, const Print& print) override;
    void settle() override;
    std::string finish(
        const std::filesystem::path& made, const Manifest& manifest, base::Time now, const Progress& progress) override;
    void remove(const std::vector<std::string>& names) override;
    std::size_t remove_files_except(const std::unordered_set<std::string>& named) override;

  private:
    std::filesystem::path root_;
    std::mutex mutex_;
    /// Directories whose new names may not be on the disk yet.
    std::set<std::filesystem::path> unsettled_;
};

/// Keeps other processes out of a directory. Throws Refused when there is one, db::Error when nothing can be written.
std::unique_ptr<Hold> lock_directory(const std::filesystem::path& directory, const std::string& what);
/// Makes a directory for our user alone. Throws std::system_error.
void make_private_directory(const std::filesystem::path& path);

} // namespace commands::backup
