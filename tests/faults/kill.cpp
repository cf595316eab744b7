#include "faults/world.hpp"

#include <fmt/format.h>

#include <chrono>
#include <csignal>

namespace faults {

using namespace std::chrono_literals;

namespace {

constexpr auto shortest_life = 200ms;
constexpr std::uint64_t longest_life_more = 2800;

enum class Moment : std::uint8_t
{
    Any,
    AtAnAnswer
};

// At an answer is the moment at which a server that answers too early has promised what it has not yet stored.
void kill(World& world, Moment moment)
{
    if (moment == Moment::AtAnAnswer) {
        world.desk.is_armed = true;
        const auto end = std::chrono::steady_clock::now() + 500ms;
        while (world.desk.is_armed && std::chrono::steady_clock::now() < end)
            std::this_thread::sleep_for(100us);
        if (!world.desk.is_armed.exchange(false)) {
            world.product.wait(10s);
            return;
        }
    }
    world.product.kill();
}

} // namespace

void run_kill(const Options& options)
{
    World world(options);
    world.open();
    world.desk.at_next_answer = [&] { world.product.signal(SIGKILL); };
    for (int round = 1; round <= options.rounds; ++round) {
        const auto life = shortest_life + std::chrono::milliseconds(world.random() % longest_life_more);
        const Moment moment = world.random() % 3 == 0 ? Moment::Any : Moment::AtAnAnswer;
        const std::uint64_t before = world.desk.acknowledged;
        world.begin_work();
        std::this_thread::sleep_for(life);
        kill(world, moment);
        world.end_work();
        const std::uint64_t acknowledged = world.desk.acknowledged - before;
        world.check_complaints();
        world.audit();
        world.open_again();
        fmt::print("round {:3}: killed after {:4} ms{}, {:4} acknowledged and kept, ready again in {} ms\n", round,
            life.count(), moment == Moment::Any ? "             " : " at an answer", acknowledged,
            world.product.start_time().count());
        std::fflush(stdout);
    }
    world.product.kill();
    world.audit();
    fmt::print("{} kills, {} acknowledged writes, none lost\n", options.rounds, world.desk.acknowledged.load());
}

} // namespace faults
