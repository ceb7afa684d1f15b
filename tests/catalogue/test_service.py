from eventday.catalogue import queries, service


def test_the_whole_country_is_loaded_and_a_second_load_changes_nothing(each_app):
    first = service.load()
    second = service.load()

    assert (first.provinces, first.communes, first.changed) == (34, 3321, 3355)
    assert second.changed == 0


def test_a_commune_is_found_without_diacritics(app):
    service.load()

    found = queries.search("anh son")

    assert [(commune.code, commune.name) for commune in found[:1]] == [("17329", "Xã Anh Sơn")]
