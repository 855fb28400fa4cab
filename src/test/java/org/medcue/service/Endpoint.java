package org.medcue.service;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jboss.resteasy.reactive.RestResponse;

/** A method of a resource class, as JAX-RS sees it. */
record Endpoint(String name, Method method) {

  private static final String CONSOLE = "org.medcue.console";

  /** All but the pages, by method and path. */
  static final Map<String, Endpoint> ALL = all();

  private static Map<String, Endpoint> all() {
    Map<String, Endpoint> endpoints = new TreeMap<>();
    for (JavaClass type :
        new ClassFileImporter().importPath(java.nio.file.Path.of("target/classes/org/medcue"))) {
      if (type.isAnnotatedWith(Path.class) && !type.getPackageName().startsWith(CONSOLE)) {
        for (Method method : type.reflect().getDeclaredMethods()) {
          verb(method)
              .map(verb -> new Endpoint(verb + " " + path(method), method))
              .ifPresent(endpoint -> endpoints.put(endpoint.name(), endpoint));
        }
      }
    }
    return endpoints;
  }

  private static Optional<String> verb(Method method) {
    return Arrays.stream(method.getAnnotations())
        .flatMap(
            a -> Optional.ofNullable(a.annotationType().getAnnotation(HttpMethod.class)).stream())
        .map(HttpMethod::value)
        .findFirst();
  }

  private static String path(Method method) {
    String below =
        method.isAnnotationPresent(Path.class)
            ? "/" + method.getAnnotation(Path.class).value()
            : "";
    return method.getDeclaringClass().getAnnotation(Path.class).value() + below;
  }

  Set<String> roles() {
    RolesAllowed roles =
        method.isAnnotationPresent(RolesAllowed.class)
            ? method.getAnnotation(RolesAllowed.class)
            : method.getDeclaringClass().getAnnotation(RolesAllowed.class);
    return Set.of(roles.value());
  }

  /** Names of parameters as {@code in name}, and their defaults, or the empty text. */
  Map<String, String> parameters() {
    Map<String, String> parameters = new TreeMap<>();
    for (Parameter parameter : method.getParameters()) {
      place(parameter)
          .ifPresent(
              place ->
                  parameters.put(
                      place,
                      parameter.isAnnotationPresent(DefaultValue.class)
                          ? parameter.getAnnotation(DefaultValue.class).value()
                          : ""));
    }
    return parameters;
  }

  private static Optional<String> place(Parameter parameter) {
    if (parameter.isAnnotationPresent(PathParam.class)) {
      return Optional.of("path " + parameter.getAnnotation(PathParam.class).value());
    }
    if (parameter.isAnnotationPresent(QueryParam.class)) {
      return Optional.of("query " + parameter.getAnnotation(QueryParam.class).value());
    }
    return parameter.isAnnotationPresent(HeaderParam.class)
        ? Optional.of("header " + parameter.getAnnotation(HeaderParam.class).value())
        : Optional.empty();
  }

  /** What it answers, where a type says it. */
  Optional<Type> answer() {
    Type type = method.getGenericReturnType();
    if (type instanceof ParameterizedType wrapper && wrapper.getRawType() == RestResponse.class) {
      return Optional.of(wrapper.getActualTypeArguments()[0]);
    }
    return Optional.of(type)
        .filter(given -> !List.of(Response.class, StreamingOutput.class).contains(given));
  }
}
