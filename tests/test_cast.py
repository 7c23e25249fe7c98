from sources.models import Question


def test_the_cast_plays_its_roles(cast):
    question = Question.objects.get(subject=cast.northwind, property=cast.founded_on)
    assert question.state == "differ"
    assert (question.article_count, question.origin_count) == (3, 1)
    cost = Question.objects.get(property=cast.cost)
    assert cost.state == "agree"
    assert cast.quiet_claim.question.state == "no_answer"
