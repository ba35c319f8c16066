import django

if __name__ == "__main__":
    django.setup()
    # Models can be imported only now.
    from tests.bench.seed import main

    main()
