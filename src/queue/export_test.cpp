#include "queue/export.hpp"
#include "queue/queue.hpp"
#include "search/search.hpp"
#include "service_requests/counter.hpp"
#include "support/service_desk.hpp"

#include <algorithm>
#include <gmock/gmock.h>
#include <random>

using namespace queue;
using namespace search;
using namespace service_requests;
using support::ids_of;
using ::testing::ElementsAre;
using ::testing::SizeIs;

namespace {

class Export : public support::ServiceDesk
{
  protected:
    std::vector<ServiceRequestId> walk(search::Filter filter)
    {
        std::vector<ServiceRequestId> all;
        for (;;) {
            auto page = list_queue(*database->read(), filter);
            const bool has_more = page.size() > filter.page_size;
            if (has_more) {
                page.pop_back();
            }
            const auto ids = ids_of(page);
            all.insert(all.end(), ids.begin(), ids.end());
            if (!has_more) {
                return all;
            }
            const auto value = filter.sort == Sort::Updated ? page.back().updated_at : page.back().submitted_at;
            filter.position = {.sort_value = base::to_millis(value), .id = page.back().id};
        }
    }
    std::vector<ServiceRequestId> exported(const search::Filter& filter)
    {
        std::vector<ServiceRequestId> all;
        ExportWalk walk(filter, clock.now() + std::chrono::hours(24));
        const auto take = [&](const ExportRow& row) { all.push_back(row.id); };
        while (walk.next(*database->read(), take)) {
        }
        return all;
    }
    void index_all()
    {
        while (search::has_words_to_index(*database->read())) {
            database->write([](db::Transaction& tx) { search::index_words(tx); });
        }
    }

    /// Requests of all kinds, submitted and changed in no order of time.
    void submit_at_random(int count)
    {
        constexpr std::array words{"meter", "meters", "boiler", "bill", "cold", "O'Brien", "42", "\u7164\u6C14"};
        constexpr std::array slugs{"maintenance", "billing", "meter-reading", "no-gas-or-heat"};
        const auto pick = [&](const auto& from) { return from[random_() % from.size()]; };
        for (int i = 0; i < count; ++i) {
            const auto& by = random_() % 2 == 0 ? cast.mei : cast.omar;
            const std::string text = std::string(pick(words)) + " and " + pick(words);
            const auto id = submit(by, text, pick(slugs));
            database->write([&](db::Transaction& tx) {
                const base::Time submitted = clock.now() - std::chrono::minutes(random_() % 20'000);
                tx.apply("UPDATE service_servicerequest SET submitted_at = $2, updated_at = $3 WHERE id = $1", id,
                    submitted, submitted + std::chrono::minutes(random_() % 500));
            });
            if (random_() % 3 == 0) {
                set_status(cast.ravi, id, Status::Resolved);
            }
        }
        database->write(measure_step_back);
    }

    std::vector<search::Filter> filters()
    {
        const base::Time middle = clock.now() - std::chrono::minutes(10'000);
        const RequestTypeId billing = type("billing");
        std::vector<search::Filter> all{{}, {.status = Status::Pending}, {.status = Status::Resolved},
            {.types = {billing}}, {.types = {billing, type("maintenance")}},
            {.status = Status::Pending, .types = {billing}}, {.from = middle}, {.until = middle},
            {.types = {billing}, .from = middle - std::chrono::minutes(5'000), .until = middle},
            {.status = Status::Resolved, .resolved_from = middle},
            {.from = middle, .until = middle - std::chrono::minutes(1)}};
        return all;
    }

    std::mt19937 random_{20261127};
};

} // namespace

TEST_F(Export, TheFileHasTheRowsOfAllPagesInTheirOrderForEveryFilterWordsAndSort)
{
    submit_at_random(130);
    index_all();
    submit_at_random(40);
    const auto all = list_queue(*database->read(), {.page_size = 1000});
    ASSERT_THAT(all, SizeIs(170));
    std::size_t found = 0;
    for (search::Filter filter : filters()) {
        for (const Sort sort : {Sort::Newest, Sort::Oldest, Sort::Updated}) {
            for (const char* words : {"", "meter", "mete", "cold mei", "boiler bill", "b", "obrien", "42", "SR-00042",
                     "\u7164\u6C14", "maintenance", "elm", "nothing"}) {
                filter.sort = sort;
                filter.search = words;
                filter.page_size = 7;
                const auto pages = walk(filter);
                EXPECT_EQ(exported(filter), pages) << words << " " << static_cast<int>(sort);
                // Whatever the sort, the same ones.
                auto sorted = pages;
                std::ranges::sort(sorted);
                search::Filter plain = filter;
                plain.sort = Sort::Newest;
                plain.page_size = 1000;
                auto at_once = ids_of(list_queue(*database->read(), plain));
                std::ranges::sort(at_once);
                EXPECT_EQ(sorted, at_once) << words << " " << static_cast<int>(sort);
                found += pages.size();
            }
        }
    }
    EXPECT_GT(found, 1000U);
}

TEST_F(Export, TheFirstAnswerIsTheFirstThatTheCustomerCanRead)
{
    const auto id = submit(cast.mei, "The valve squeaks");
    const auto first_answer = [&] {
        std::optional<base::Time> at;
        ExportWalk walk({}, clock.now() + std::chrono::hours(24));
        walk.next(*database->read(), [&](const ExportRow& row) { at = row.first_answer_at; });
        return at;
    };
    comment(cast.ravi, id, "Who is near?", base::Visibility::Internal);
    comment(cast.mei, id, "Is anybody there?");
    EXPECT_EQ(first_answer(), std::nullopt);
    comment(cast.ravi, id, "We come tomorrow.");
    const auto answered = first_answer();
    ASSERT_TRUE(answered);
    clock.advance(std::chrono::minutes(5));
    comment(cast.sofia, id, "At nine.");
    comment(cast.sofia, id, "Done?", base::Visibility::Internal);
    EXPECT_EQ(first_answer(), answered);
}

TEST_F(Export, AnOldMatchIsOnAPageInTheOrderOfUpdatesToo)
{
    const auto bill = submit(cast.mei, "The meter", "billing");
    for (int i = 0; i < 1100; ++i) {
        submit(cast.omar, "The meter", "maintenance");
    }
    index_all();
    const search::Filter filter{.types = {type("billing")}, .search = "meter", .sort = Sort::Updated};
    EXPECT_THAT(walk(filter), ElementsAre(bill));
    EXPECT_THAT(exported(filter), ElementsAre(bill));
}
