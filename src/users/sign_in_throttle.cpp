#include "base/error.hpp"
#include "users/sign_in.hpp"

#include <chrono>
#include <list>
#include <mutex>
#include <string>
#include <unordered_map>

namespace users {

namespace {

using std::chrono::milliseconds;

constexpr milliseconds window = std::chrono::minutes(1);
constexpr int most_failures = 10;
constexpr int most_failures_under_attack = 3;
constexpr int failures_of_an_attack = 30;
constexpr std::size_t most_entries = 10'000;
constexpr std::size_t most_key_bytes = 200;

std::string key_of_name(std::string_view username)
{
    return std::string(username.substr(0, most_key_bytes));
}

std::string key_of_pair(std::string_view address, std::string_view username)
{
    std::string key(address.substr(0, most_key_bytes));
    key += '\n';
    return key += username.substr(0, most_key_bytes);
}

[[noreturn]] void refuse(milliseconds wait)
{
    const auto seconds = std::chrono::ceil<std::chrono::seconds>(wait).count();
    throw base::TooManyAttempts("too many wrong passwords", static_cast<int>(seconds));
}

} // namespace

struct SignInThrottle::Entries
{
    /// Wrong passwords within a minute of the first one, for one key.
    struct Count
    {
        base::Time first{};
        int failures = 0;
        base::Time blocked_until{};

        /// Not before it began either: a clock that was put back starts a new minute.
        bool is_current(base::Time now) const { return now >= first && now - first < window; }
        /// Not further than a minute ahead, for the same reason.
        bool is_blocked(base::Time now) const { return now < blocked_until && blocked_until - now <= window; }
    };

    /// The newest 10,000 counts by key.
    class Counts
    {
      public:
        Count find(const std::string& key, base::Time now) const
        {
            const auto found = by_key_.find(key);
            if (found == by_key_.end())
                return {};
            Count count = found->second->count;
            if (!count.is_current(now))
                count.failures = 0;
            return count;
        }

        void add(const std::string& key, base::Time now)
        {
            Count count = find(key, now);
            if (count.failures++ == 0)
                count.first = now;
            if (count.failures >= most_failures)
                count.blocked_until = now + window;
            remove(key);
            entries_.push_front({key, count});
            by_key_[key] = entries_.begin();
            if (entries_.size() > most_entries)
                remove(std::string(entries_.back().key));
        }

        void remove(const std::string& key)
        {
            const auto found = by_key_.find(key);
            if (found == by_key_.end())
                return;
            entries_.erase(found->second);
            by_key_.erase(found);
        }

      private:
        struct Entry
        {
            std::string key;
            Count count;
        };
        std::list<Entry> entries_;
        std::unordered_map<std::string, std::list<Entry>::iterator> by_key_;
    };

    std::mutex mutex;
    Counts pairs;
    Counts names;
};

SignInThrottle::SignInThrottle(const base::Clock& clock) : entries_(std::make_unique<Entries>()), clock_(clock) {}

SignInThrottle::~SignInThrottle() = default;

void SignInThrottle::check(std::string_view address, std::string_view username)
{
    const base::Time now = clock_.now();
    const std::scoped_lock lock(entries_->mutex);
    const Entries::Count pair = entries_->pairs.find(key_of_pair(address, username), now);
    if (pair.is_blocked(now))
        refuse(pair.blocked_until - now);
    const bool is_attack = entries_->names.find(key_of_name(username), now).failures > failures_of_an_attack;
    if (is_attack && pair.failures >= most_failures_under_attack)
        refuse(pair.first + window - now);
}

void SignInThrottle::note_failure(std::string_view address, std::string_view username)
{
    const base::Time now = clock_.now();
    const std::scoped_lock lock(entries_->mutex);
    entries_->pairs.add(key_of_pair(address, username), now);
    entries_->names.add(key_of_name(username), now);
}

void SignInThrottle::note_success(std::string_view address, std::string_view username)
{
    const std::scoped_lock lock(entries_->mutex);
    entries_->pairs.remove(key_of_pair(address, username));
}

} // namespace users
