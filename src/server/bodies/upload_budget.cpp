#include "server/bodies/upload_budget.hpp"

#include <algorithm>
#include <utility>

namespace server {

class UploadBudget::Place
{
  public:
    Place(UploadBudget& budget, std::vector<std::string> keys, std::uint64_t bytes)
        : budget_(budget), keys_(std::move(keys)), bytes_(bytes)
    {}
    Place(const Place&) = delete;
    Place& operator=(const Place&) = delete;
    ~Place() { budget_.release(keys_, bytes_); }

  private:
    UploadBudget& budget_;
    std::vector<std::string> keys_;
    std::uint64_t bytes_;
};

std::shared_ptr<void> UploadBudget::take(const std::vector<Share>& shares, std::uint64_t bytes)
{
    std::vector<std::string> keys;
    for (const Share& share : shares)
        keys.push_back(share.key);
    const std::lock_guard lock(mutex_);
    const bool has_room = std::all_of(shares.begin(), shares.end(), [&](const Share& share) {
        const auto found = counts_.find(share.key);
        const Count count = found == counts_.end() ? Count{} : found->second;
        return count.uploads < share.most_uploads && count.bytes + bytes <= share.most_bytes;
    });
    if (!has_room)
        return nullptr;
    for (const std::string& key : keys) {
        Count& count = counts_[key];
        ++count.uploads;
        count.bytes += bytes;
    }
    bytes_ += bytes;
    return std::make_shared<Place>(*this, std::move(keys), bytes);
}

std::uint64_t UploadBudget::bytes_under_way() const
{
    const std::lock_guard lock(mutex_);
    return bytes_;
}

void UploadBudget::release(const std::vector<std::string>& keys, std::uint64_t bytes)
{
    const std::lock_guard lock(mutex_);
    for (const std::string& key : keys) {
        const auto found = counts_.find(key);
        found->second.bytes -= bytes;
        if (--found->second.uploads == 0)
            counts_.erase(found);
    }
    bytes_ -= bytes;
}

} // namespace server
