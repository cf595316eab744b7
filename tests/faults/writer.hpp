#pragma once

#include "faults/http_client.hpp"
#include "faults/ledger.hpp"

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <random>
#include <string>
#include <vector>

namespace faults {

/// Who may find fault: to prove that the audit sees a lost write, it must not be seen on a page first.
enum class Judge : std::uint8_t
{
    Everybody,
    AuditAlone
};

/// What the writers share. Thread-safe.
class Desk
{
  public:
    Desk(const std::filesystem::path& ledger, Judge judge) : ledger_(ledger), judge_(judge) {}

    Ledger& ledger() { return ledger_; }
    /// What the answers alone prove to be wrong, such as an acknowledged service request that is gone: writers end.
    void complain(std::string text);
    std::vector<std::string> complaints();
    /// Against a page older than the last answer a change of status can do nothing, which is no loss of a write.
    bool changes_status() const { return judge_ == Judge::Everybody; }

    void add_request(std::int64_t id);
    /// One of the newest whose number is `share` modulo `shares`; nothing when there is none yet.
    std::optional<std::int64_t> some_request(std::size_t share, std::size_t shares, std::mt19937_64& random);

    /// Writers end after their present request.
    std::atomic<bool> stopping{false};
    /// When the server was asked to end in order: what was sent before must be answered.
    std::atomic<std::chrono::steady_clock::time_point> asked_to_end{std::chrono::steady_clock::time_point::min()};
    /// Called once with the next answer to a form, before anybody looks at it.
    std::function<void()> at_next_answer;
    std::atomic<bool> is_armed{false};
    void answered();
    std::atomic<std::uint64_t> acknowledged{0};
    /// Answered 503, and of these by a proxy that had no node to ask: it cannot keep anybody's text.
    std::atomic<std::uint64_t> refused{0};
    std::atomic<std::uint64_t> refused_by_proxy{0};
    std::atomic<std::uint64_t> sent_again{0};

    /// What a lost connection means to a writer. Set while nobody writes.
    enum class Loss : std::uint8_t
    {
        /// The one server is gone: the writer ends.
        Ends,
        /// Behind a proxy nobody may notice that a node is gone: it is complained about.
        Forbidden,
        /// The same when the node was asked already: what a browser sends again by itself is sent again.
        SentAgain,
        /// The proxy itself is hurt: the writer tries again.
        Endured
    };
    std::atomic<Loss> loss{Loss::Ends};

    /// For everybody who was just promised something.
    void note_acknowledged();
    /// The longest time without an acknowledgement since begin_silence(), in which the last one may have been long ago.
    std::chrono::milliseconds longest_silence() const;
    void begin_silence();

  private:
    using Clock = std::chrono::steady_clock;

    Ledger ledger_;
    const Judge judge_;
    mutable std::mutex mutex_;
    Clock::time_point last_acknowledged_{};
    Clock::duration longest_silence_{};
    std::vector<std::string> complaints_;
    std::vector<std::int64_t> requests_;
};

enum class Side : std::uint8_t
{
    Customer,
    Staff
};

struct Person
{
    std::string username;
    Side side = Side::Customer;
    /// Staff divide the service requests between them, so that nobody's status change is stale.
    std::size_t share = 0;
    std::size_t shares = 1;
};

/// One person at a browser who never rests. Used by one thread at a time.
class Writer
{
  public:
    Writer(Desk& desk, Person person, int number, std::uint64_t seed);

    /// The server is there (again).
    void move_to(std::uint16_t port) { client_.move_to(port); }
    void move_to(const std::string& address, std::uint16_t port) { client_.move_to(address, port); }
    void sign_in();
    /// Repeats what had no answer, then goes on until the desk stops or the server is gone.
    void work();
    /// One request after another with its answer's status; 0 when there was nothing to do. Throws ConnectionLost.
    int step();
    /// Only repeats what had no answer.
    void finish();
    bool has_open() const { return open_.has_value(); }
    /// From now on this one of the staff attaches nothing.
    void attach_nothing() { attaches_ = false; }
    /// Asks for what was acknowledged since the last time and complains about what the pages lack.
    void look_again();

    HttpClient& client() { return client_; }
    /// A new service request with files, ready to be sent: its address is /service/create/.
    Form new_request_form(Wish& wish, std::size_t files, std::size_t file_bytes);
    Wish new_wish(std::string kind, std::int64_t service_request);

  private:
    struct Action
    {
        Wish wish;
        std::string path;
        Form form;
    };
    struct Done
    {
        Wish wish;
        std::int64_t service_request;
    };

    void begin();
    void begin_as_customer();
    void begin_as_staff();
    int carry_out();
    void settle(const Answer& answer);
    void be_refused(const Answer& answer);
    void note_refusal(const Answer& answer);
    void note_loss(const ConnectionLost& error);
    std::optional<std::string> page(const std::string& path);
    void add_text(Action& action, const std::string& field);
    void add_files(Form& form, Wish& wish, std::size_t count, std::size_t bytes);
    std::size_t dice(std::size_t sides);
    void look_at(const Done& done);
    void look_for(const Done& done);

    Desk& desk_;
    Person person_;
    int number_;
    int wishes_ = 0;
    bool attaches_ = true;
    std::mt19937_64 random_;
    HttpClient client_;
    std::optional<Action> open_;
    std::vector<std::int64_t> own_;
    std::vector<Done> recent_;
};

/// Five customers and three of the staff, as the plan asks.
std::vector<Person> eight_people();

} // namespace faults
