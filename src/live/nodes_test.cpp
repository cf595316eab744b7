// Two nodes of one site: what happens at one is sent to the pages of the other. On SQLite there is only one.

#include "actions/change_status.hpp"
#include "events/position.hpp"
#include "server/house.hpp"
#include "server/site_task.hpp"
#include "support/fake_sink.hpp"
#include "support/test_site.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <future>
#include <iostream>
#include <vector>

namespace {

using namespace std::chrono_literals;
using support::FakeSink;
using testing::HasSubstr;
using testing::Not;

/// Another process's worth of a site on the same database.
class Node
{
  public:
    explicit Node(support::TestSite& first)
        : house_(config(first), db::Database::open({.url = first.database.url(), .readers = 2, .connections = 2}),
              first.clock)
    {}

    server::House& house() { return house_; }
    std::shared_ptr<FakeSink> open(support::TestSite& site, const base::Visitor& visitor, const std::string& page)
    {
        http::Request request;
        request.path = "/events/";
        request.target = "/events/";
        request.query.emplace_back("page", page);
        request.host = "localhost";
        request.remote_address = "127.0.0.1";
        request.cookies.emplace_back("gu_session", site.database->write([&](db::Transaction& tx) {
            return sign_in::add_session(tx, visitor.user_id, {"test"}, site.clock.now());
        }));
        const http::Response response = house_.pipeline().answer(std::move(request));
        auto sink = std::make_shared<FakeSink>();
        std::get<http::EventStreamBody>(response.body).opened(sink);
        return sink;
    }

  private:
    static server::Config config(const support::TestSite& first)
    {
        server::Config config;
        config.data_dir = first.database.directory();
        return config;
    }

    server::House house_;
};

class TwoNodes : public testing::Test
{
  protected:
    TwoNodes()
    {
        if (!support::tests_use_postgres())
            return;
        id = site.submit(site.cast.mei, "Boiler");
        site.database->on_commit([] {});
        other.emplace(site);
    }
    std::string request() const { return " request:" + std::to_string(id.value); }
    std::string now() { return events::position_now(*site.database->read()); }
    /// Ravi's page of the service request, which knows everything so far.
    std::shared_ptr<FakeSink> open_elsewhere() { return other->open(site, site.cast.ravi, now() + request()); }
    /// Sets the status from the present version; returns when it is durable.
    void change_status()
    {
        const auto request = service_requests::get_service_request(*site.database->read(), site.cast.ravi, id);
        const bool is_open = request.status != service_requests::Status::Resolved;
        site.database->write([&](db::Transaction& tx) {
            actions::change_status(tx, site.act(site.cast.sofia),
                {.service_request = id,
                    .status = is_open ? service_requests::Status::Resolved : service_requests::Status::Pending,
                    .version = request.version});
        });
    }
    void add_event(db::Transaction& tx, events::Kind kind)
    {
        events::add_event(tx, site.act(site.cast.sofia),
            {.subject_id = id.value, .kind = kind, .visibility = base::Visibility::Public});
    }
    void lose_every_listener()
    {
        site.database->write([](db::Transaction& tx) {
            tx.query("SELECT COUNT(pg_terminate_backend(pid)) FROM pg_stat_activity "
                     "WHERE application_name = 'gas-utility listener' AND datname = current_database()")
                .integer();
        });
    }

    support::TestSite site;
    ServiceRequestId id;
    std::optional<Node> other;
};

/// A transaction that has taken its event's id and does not commit yet.
class HeldTransaction
{
  public:
    HeldTransaction(db::Database& database, const std::function<void(db::Transaction&)>& work)
    {
        std::promise<void> reached;
        auto is_reached = reached.get_future();
        done_ = std::async(std::launch::async, [&database, work, &reached, end = end_.get_future()]() mutable {
            database.write([&](db::Transaction& tx) {
                work(tx);
                reached.set_value();
                if (!end.get())
                    throw std::runtime_error("rolled back on purpose");
            });
        });
        is_reached.wait();
    }
    void commit()
    {
        end_.set_value(true);
        done_.get();
    }
    void roll_back()
    {
        end_.set_value(false);
        EXPECT_THROW(done_.get(), std::runtime_error);
    }

  private:
    std::promise<bool> end_;
    std::future<void> done_;
};

TEST_F(TwoNodes, AnEventThatCommitsLateIsToldAfterALaterOne)
{
    if (!other)
        return;
    const auto page = open_elsewhere();
    HeldTransaction early(*site.database, [&](db::Transaction& tx) { add_event(tx, events::Kind::Resolved); });

    site.database->write([&](db::Transaction& tx) { add_event(tx, events::Kind::Reopened); });
    EXPECT_THAT(page->wait_for("id: "), Not(HasSubstr("resolved this request")));
    EXPECT_THAT(page->take(), HasSubstr("reopened this request"));
    early.commit();

    EXPECT_THAT(page->wait_for("resolved this request"), HasSubstr("resolved this request"));
    EXPECT_THAT(page->take(), Not(HasSubstr("reopened this request")));
}

TEST_F(TwoNodes, AnEventThatCommitsLateIsToldToAPageThatMovedToAnotherNode)
{
    if (!other)
        return;
    const auto page = open_elsewhere();
    HeldTransaction early(*site.database, [&](db::Transaction& tx) { add_event(tx, events::Kind::Resolved); });
    site.database->write([&](db::Transaction& tx) { add_event(tx, events::Kind::Reopened); });
    page->wait_for("id: ");
    const std::string received = page->take();
    const auto at = received.find("id: ") + 4;
    const std::string last_id = received.substr(at, received.find('\n', at) - at);
    page->close();

    Node third(site);
    early.commit();
    const auto moved = third.open(site, site.cast.ravi, last_id + request());

    EXPECT_THAT(moved->wait_for("resolved this request"), HasSubstr("resolved this request"));
    EXPECT_THAT(moved->take(), Not(HasSubstr("reopened this request")));
}

TEST_F(TwoNodes, WhatIsRolledBackIsNeverToldAndHoldsNothingUp)
{
    if (!other)
        return;
    const auto page = open_elsewhere();
    HeldTransaction early(*site.database, [&](db::Transaction& tx) { add_event(tx, events::Kind::Resolved); });
    site.database->write([&](db::Transaction& tx) { add_event(tx, events::Kind::Reopened); });
    page->wait_for("id: ");
    page->take();
    early.roll_back();

    site.database->write([&](db::Transaction& tx) { add_event(tx, events::Kind::Reopened); });

    EXPECT_THAT(page->wait_for("id: "), HasSubstr("reopened this request"));
    EXPECT_THAT(page->take(), Not(HasSubstr("resolved this request")));
}

TEST_F(TwoNodes, APageThatWasDrawnWhileAnEventWasUnderWayIsToldIt)
{
    if (!other)
        return;
    HeldTransaction early(*site.database, [&](db::Transaction& tx) { add_event(tx, events::Kind::Resolved); });
    site.database->write([&](db::Transaction& tx) { add_event(tx, events::Kind::Reopened); });
    const std::string drawn = events::position_now(*site.database->read());
    early.commit();

    const auto page = other->open(site, site.cast.ravi, drawn + request());

    EXPECT_THAT(page->wait_for("resolved this request"), HasSubstr("resolved this request"));
    EXPECT_THAT(page->take(), Not(HasSubstr("reopened this request")));
}

TEST_F(TwoNodes, ALostNotificationCostsASecondAndNothingElse)
{
    if (!other)
        return;
    const auto page = open_elsewhere();
    for (int i = 0; i < 3; ++i) {
        lose_every_listener();
        change_status();
        EXPECT_THAT(page->wait_for("id: "), HasSubstr("\"patch\""));
        page->take();
    }
}

TEST_F(TwoNodes, EveryStatusChangeReachesThePageOfTheOtherNodeSoon)
{
    if (!other)
        return;
    constexpr int changes = 300;
    const auto page = open_elsewhere();
    std::vector<double> milliseconds;
    for (int i = 0; i < changes; ++i) {
        change_status();
        const auto committed = std::chrono::steady_clock::now();
        const std::string received = page->wait_for("id: ");
        milliseconds.push_back(
            std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - committed).count());
        EXPECT_THAT(received, HasSubstr(i % 2 == 0 ? "resolved this request" : "reopened this request"));
        page->take();
    }
    std::sort(milliseconds.begin(), milliseconds.end());
    std::cout << "commit at one node to page at another: p50 " << milliseconds[changes / 2] << " ms, p99 "
              << milliseconds[changes * 99 / 100] << " ms, most " << milliseconds.back() << " ms\n";
}

TEST_F(TwoNodes, OneSweepsAtATimeAndAnotherTakesOver)
{
    if (!other)
        return;
    {
        const db::ReadLease lease = site.database->read();
        EXPECT_TRUE(server::try_task(*lease, server::SiteTask::Sweeping));
        EXPECT_EQ(other->house().sweep(), "another node sweeps");
    }
    // A read's end is not waited for: the server gives its locks up a moment later.
    std::string received = "another node sweeps";
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(5);
    while (received == "another node sweeps" && std::chrono::steady_clock::now() < end)
        received = other->house().sweep();
    EXPECT_THAT(received, HasSubstr("swept"));
}

} // namespace
