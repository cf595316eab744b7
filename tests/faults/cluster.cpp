#include "base/text.hpp"
#include "faults/world.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdlib>
#include <thread>

namespace faults {

using namespace std::chrono_literals;

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::uint64_t some_writes = 40;
constexpr auto patience = 90s;
/// packaging/haproxy/haproxy.cfg gives every page 30 seconds; whoever gets no answer then waits without limit.
constexpr auto longest_page = 32s;

/// What befalls the site while people write. The words are those of `tests/faults/cluster act`.
struct Fault
{
    std::string_view name;
    std::string_view what;
    std::string_view damage;
    /// Waited for after the damage, with writes still coming.
    std::string_view sign;
    /// What ends the damage; nothing when the site gets over it alone.
    std::string_view heal;
    std::chrono::seconds aim;
    Desk::Loss loss = Desk::Loss::Forbidden;
    /// Nobody may be refused at any time.
    bool is_unnoticed = false;
};

constexpr std::array all_faults{
    Fault{.name = "kill-node",
        .what = "kill -9 of a node",
        .damage = "kill-node",
        .sign = {},
        .heal = "start-node",
        .aim = 5s,
        .loss = Desk::Loss::SentAgain},
    Fault{.name = "restart-nodes",
        .what = "all nodes restarted one by one",
        .damage = "restart-nodes",
        .sign = {},
        .heal = {},
        .aim = 5s,
        .is_unnoticed = true},
    Fault{.name = "kill-primary",
        .what = "kill -9 of the primary server",
        .damage = "kill-primary",
        .sign = "new-primary",
        .heal = {},
        .aim = 10s},
    Fault{.name = "cut-primary",
        .what = "link of the primary's machine cut",
        .damage = "cut-primary",
        .sign = "new-primary",
        .heal = "join",
        .aim = 25s},
    Fault{.name = "freeze-postgres",
        .what = "primary server frozen past the ttl, then thawed",
        .damage = "freeze-postgres",
        .sign = "new-primary",
        .heal = "thaw",
        .aim = 25s},
    Fault{.name = "freeze-machine",
        .what = "primary's machine frozen past the ttl, then thawed",
        .damage = "freeze-machine",
        .sign = "new-primary",
        .heal = "thaw",
        .aim = 25s},
    Fault{.name = "restart-all",
        .what = "kill -9 of everything, everything started again",
        .damage = "restart-all",
        .sign = "primary",
        .heal = {},
        .aim = 60s,
        .loss = Desk::Loss::Endured},
};

/// Eight people in front of the proxy and the ledger of what they were promised. Used by one thread.
class Story
{
  public:
    explicit Story(const Options& options) : options_(options), desk_(options.directory / "ledger", options.judge)
    {
        desk_.loss = Desk::Loss::Forbidden;
        std::mt19937_64 random(options.seed);
        int number = 0;
        for (Person& person : eight_people())
            writers_.push_back(std::make_unique<Writer>(desk_, std::move(person), ++number, random()));
    }
    ~Story() { end_work(); }
    Story(const Story&) = delete;
    Story& operator=(const Story&) = delete;

    void open();
    void suffer(const Fault& fault);
    /// Makes the cluster forgetful and takes the primary away: true when the audit reports lost writes.
    bool lose();

  private:
    struct Counts
    {
        std::uint64_t acknowledged, refused, refused_by_proxy, sent_again;
    };
    Counts counts() const { return {desk_.acknowledged, desk_.refused, desk_.refused_by_proxy, desk_.sent_again}; }
    void act(std::string_view words) const;
    void begin_work();
    void end_work();
    void await_writes(std::string_view when);
    void finish(Writer& writer);
    std::vector<std::string> audit();

    const Options& options_;
    Desk desk_;
    std::vector<std::unique_ptr<Writer>> writers_;
    std::vector<std::thread> threads_;
    Baseline baseline_;
    std::set<std::string> verified_;
};

void Story::act(std::string_view words) const
{
    const std::string command = fmt::format("'{}' act '{}' {}", options_.script.string(), options_.lab.string(), words);
    if (std::system(command.c_str()) != 0)
        throw std::runtime_error("failed: " + command);
}

void Story::open()
{
    const auto colon = options_.site.find(':');
    const auto port = base::parse_integer(options_.site.substr(colon + 1)).value_or(80);
    for (const auto& writer : writers_) {
        writer->move_to(options_.site.substr(0, colon), static_cast<std::uint16_t>(port));
        writer->client().wait_for(longest_page);
        writer->sign_in();
    }
    DatabaseCopy copy(options_.database, options_.directory / "copy");
    baseline_ = Baseline::of(copy);
}

void Story::begin_work()
{
    desk_.stopping = false;
    for (const auto& writer : writers_)
        threads_.emplace_back([&writer] { writer->work(); });
}

void Story::end_work()
{
    desk_.stopping = true;
    for (std::thread& thread : threads_)
        thread.join();
    threads_.clear();
}

void Story::await_writes(std::string_view when)
{
    const std::uint64_t enough = desk_.acknowledged + some_writes;
    const auto end = Clock::now() + patience;
    while (desk_.acknowledged < enough) {
        const auto complaints = desk_.complaints();
        require(complaints.empty(), fmt::format("{}", fmt::join(complaints, "\n  ")));
        require(Clock::now() < end, fmt::format("nobody can write {}", when));
        std::this_thread::sleep_for(20ms);
    }
}

// What had no answer is sent again with its key, and has one result.
void Story::finish(Writer& writer)
{
    const auto end = Clock::now() + patience;
    while (writer.has_open() && desk_.complaints().empty()) {
        require(Clock::now() < end, "a form sent again is never answered");
        try {
            writer.finish();
        } catch (const ConnectionLost&) {
            std::this_thread::sleep_for(100ms);
        }
    }
    writer.look_again();
}

std::vector<std::string> Story::audit()
{
    Audit audit({.ledger = options_.directory / "ledger",
                    .database = options_.database,
                    .attachments = options_.lab / "data/attachments",
                    .scratch = options_.directory / "copy"},
        baseline_);
    return audit.run(verified_);
}

void Story::suffer(const Fault& fault)
{
    begin_work();
    await_writes("before the damage");
    const Counts before = counts();
    desk_.loss = fault.loss;
    desk_.begin_silence();
    const auto damaged = Clock::now();
    act(fault.damage);
    if (!fault.sign.empty())
        act(fmt::format("await {}", fault.sign));
    await_writes("after the damage");
    // Each node reaches the database in another way, and each must find the new primary before the old one is back.
    if (fault.name != "kill-node")
        act("await nodes");
    const std::chrono::duration<double> nodes = Clock::now() - damaged;
    const auto healing = Clock::now();
    if (!fault.heal.empty())
        act(fault.heal);
    act("await whole");
    const std::chrono::duration<double> whole = Clock::now() - healing;
    await_writes("when all is whole again");
    end_work();
    const std::chrono::duration<double> silence = desk_.longest_silence();
    std::chrono::duration<double> slowest{};
    for (const auto& writer : writers_)
        slowest = std::max<std::chrono::duration<double>>(slowest, writer->client().take_slowest());
    for (const auto& writer : writers_)
        finish(*writer);
    const auto complaints = desk_.complaints();
    require(complaints.empty(), fmt::format("{}", fmt::join(complaints, "\n  ")));
    const auto found = audit();
    require(found.empty(), fmt::format("{}", fmt::join(found, "\n  ")));
    const Counts now = counts();
    require(!fault.is_unnoticed || now.refused == before.refused, "somebody was refused although nothing was broken");
    fmt::print("ok       {}: {:.1f} s without a write (aim {} s{}), every node at work after {:.1f} s, slowest answer "
               "{:.1f} s, {} writes acknowledged and kept, {} answers 503 ({} of the proxy), {} sent again by the "
               "browser, whole again {:.1f} s after the end of the damage\n",
        fault.what, silence.count(), fault.aim.count(), silence > fault.aim ? ", MISSED" : "", nodes.count(),
        slowest.count(), now.acknowledged - before.acknowledged, now.refused - before.refused,
        now.refused_by_proxy - before.refused_by_proxy, now.sent_again - before.sent_again, whole.count());
    std::fflush(stdout);
}

bool Story::lose()
{
    desk_.loss = Desk::Loss::Endured;
    act("forget");
    begin_work();
    await_writes("with asynchronous replication");
    act("part-servers");
    await_writes("with the standby cut off");
    act("kill-primary-machine");
    act("await new-primary");
    await_writes("on the former standby");
    end_work();
    const auto found = audit();
    const auto lost = std::count_if(found.begin(), found.end(),
        [](const std::string& complaint) { return complaint.find("is lost") != std::string::npos; });
    fmt::print("{}without synchronous mode the audit reports {} lost writes or more{}\n", lost > 0 ? "ok       " : "",
        lost, lost == 0 ? "" : ", the first: " + found.front());
    return lost > 0;
}

} // namespace

void run_cluster(const Options& options)
{
    Story story(options);
    story.open();
    for (const std::string& name : options.faults) {
        if (name == "lose") {
            require(story.lose(), "the audit does not notice that acknowledged writes are gone");
            continue;
        }
        const auto* fault =
            std::find_if(all_faults.begin(), all_faults.end(), [&](const Fault& f) { return f.name == name; });
        if (fault == all_faults.end())
            throw std::runtime_error("there is no fault " + name);
        story.suffer(*fault);
    }
}

} // namespace faults
