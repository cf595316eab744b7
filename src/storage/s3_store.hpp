#pragma once

#include "storage/s3_bucket.hpp"
#include "storage/store.hpp"

#include <condition_variable>
#include <mutex>

namespace storage {

/// A bucket of an S3-compatible store: `prefix/abcdef…` and `prefix/trash/2026-11-27/abcdef…`. Only a few transfers run
/// at the same time, so that a slow store never holds all threads of a lane; one more is refused with base::Unavailable
/// after two seconds.
class S3Store final : public Store
{
  public:
    /// Uploads under way and downloads lie in `directory`/tmp. Asks the store nothing yet. Throws std::system_error.
    S3Store(S3Settings settings, std::filesystem::path directory);

    std::string place() const override;
    std::optional<std::string> find_note(std::string_view name) const override;
    void set_note(std::string_view name, std::string_view text) override;
    std::filesystem::path temporary_directory() const override;
    void put(std::string_view stored_name, const std::filesystem::path& uploaded, std::string_view sha256) override;
    /// Fetches the whole file first: it is compared with its checksum before anybody sees a byte. Throws
    /// base::NotFound, DamagedFile or base::Unavailable.
    base::Descriptor open(const FileKey& file) const override;
    void list(const std::function<Listing(KeptFile)>& tell) const override;
    bool move_to_trash(const TrashedFile& file) override;
    std::vector<TrashedFile> list_trash() const override;
    void bring_back(const TrashedFile& file) override;
    void remove_from_trash(const TrashedFile& file) override;

  protected:
    void remove(std::string_view stored_name) override;

  private:
    /// How many transfers may run at the same time.
    class Slots
    {
      public:
        explicit Slots(unsigned free) : free_(free) {}
        void take();
        void give_back();

      private:
        std::mutex mutex_;
        std::condition_variable given_back_;
        unsigned free_;
    };
    class Slot;

    std::filesystem::path directory_;
    mutable S3Bucket bucket_;
    mutable Slots uploads_;
    mutable Slots downloads_;
};

} // namespace storage
