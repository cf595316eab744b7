#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace server {

/// Counts the uploads under way in this process, and their bytes, for everybody who sends them. Any thread; outlives
/// the places that it gives.
class UploadBudget
{
  public:
    /// Somebody that uploads are counted for, with what is allowed at once.
    struct Share
    {
        std::string key;
        std::size_t most_uploads;
        std::uint64_t most_bytes;
    };

    /// Take a place for an upload of so many bytes until it is released. Nothing, and nothing is counted, when one of
    /// the shares has no room for it.
    std::shared_ptr<void> take(const std::vector<Share>& shares, std::uint64_t bytes);
    /// Bytes of all uploads under way, as announced.
    std::uint64_t bytes_under_way() const;

  private:
    struct Count
    {
        std::size_t uploads = 0;
        std::uint64_t bytes = 0;
    };
    class Place;

    mutable std::mutex mutex_;
    std::map<std::string, Count> counts_;
    std::uint64_t bytes_ = 0;

    void release(const std::vector<std::string>& keys, std::uint64_t bytes);
};

} // namespace server
