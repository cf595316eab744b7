#pragma once

#include "db/database.hpp"

#include <functional>
#include <mutex>
#include <string>
#include <utility>

namespace support {

/// The database of a site whose connection can be told to break at a COMMIT, and to which others can write first.
class LossyDatabase final : public db::Database
{
  public:
    enum class Lose : std::uint8_t
    {
        Nothing,
        /// COMMIT does not arrive.
        Commit,
        /// It is carried out; its answer does not arrive.
        Answer
    };

    /// The database outlives this object.
    explicit LossyDatabase(db::Database& whole) : whole_(whole) {}

    /// At the next write, once.
    void lose(Lose what) { lose_ = what; }
    /// What somebody else does after the next write was asked for and before it begins, once.
    void meanwhile(std::function<void(db::Database&)> other) { meanwhile_ = std::move(other); }

    db::Engine engine() const override { return whole_.engine(); }
    std::string version() const override { return whole_.version(); }
    std::string home() override { return whole_.home(); }
    bool is_damaged() const override { return whole_.is_damaged(); }
    db::Inspection inspect(const std::function<bool()>& goes_on) override { return whole_.inspect(goes_on); }
    db::ReadLease read() override { return whole_.read(); }
    void on_commit(std::function<void()> told) override { whole_.on_commit(std::move(told)); }
    void exclusively(const std::function<void(db::Connection&)>& work) override { whole_.exclusively(work); }

  private:
    void run_write(const std::function<void(db::Transaction&)>& work) override
    {
        std::unique_lock lock(mutex_);
        const auto other = std::exchange(meanwhile_, {});
        const Lose what = std::exchange(lose_, Lose::Nothing);
        lock.unlock();
        if (other)
            other(whole_);
        whole_.write([&](db::Transaction& tx) {
            work(tx);
            if (what == Lose::Commit)
                throw db::CommitUnknown("no answer to COMMIT");
        });
        if (what == Lose::Answer)
            throw db::CommitUnknown("no answer to COMMIT");
    }

    db::Database& whole_;
    /// Two threads may write at once.
    std::mutex mutex_;
    Lose lose_ = Lose::Nothing;
    std::function<void(db::Database&)> meanwhile_;
};

} // namespace support
