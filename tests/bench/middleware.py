from django.db import connection


class QueryCountMiddleware:
    """Say in a header how many statements the request sent to the database, BEGIN and savepoints among them."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        statements = []

        def count(execute, sql, params, many, context):
            statements.append(sql)
            return execute(sql, params, many, context)

        with connection.execute_wrapper(count):
            response = self.get_response(request)
        response.headers["X-Queries"] = str(len(statements))
        return response
