package dev.cairn.jupyter.notebook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class NotebookTest {
    private static final String FILE =
            """
            {
             "cells": [
              {
               "cell_type": "markdown",
               "id": "intro",
               "metadata": {},
               "source": [
                "# Title\\n",
                "text <b> é"
               ]
              },
              {
               "cell_type": "code",
               "execution_count": 1,
               "id": "c1",
               "metadata": {
                "tags": [
                 "parameters"
                ]
               },
               "outputs": [
                {
                 "data": {
                  "application/json": {
                   "a": "x\\ny"
                  },
                  "text/plain": [
                   "one\\n",
                   "two\\n"
                  ]
                 },
                 "execution_count": 1,
                 "metadata": {},
                 "output_type": "execute_result"
                }
               ],
               "source": []
              }
             ],
             "metadata": {
              "kernelspec": {
               "display_name": "Java",
               "name": "cairn-java"
              }
             },
             "nbformat": 4,
             "nbformat_minor": 5
            }
            """;

    @Test
    void fileIsWrittenBackByteForByte() {
        assertThat(Notebook.parse(FILE, "a.ipynb").toJson()).isEqualTo(FILE);
    }

    @Test
    void textsAreInOnePiece() {
        Notebook notebook = Notebook.parse(FILE, "a.ipynb");

        assertThat(notebook.cells().get(0).source()).isEqualTo("# Title\ntext <b> é");
        assertThat(notebook.cells().get(1).tags()).containsExactly("parameters");
        assertThat(notebook.cells()
                        .get(1)
                        .outputs()
                        .get(0)
                        .getAsJsonObject("data")
                        .get("text/plain")
                        .getAsString())
                .isEqualTo("one\ntwo\n");
    }

    @Test
    void otherFilesAreRefusedByName() {
        assertThatThrownBy(() -> Notebook.parse("[1]", "b.json"))
                .isInstanceOf(NotebookException.class)
                .hasMessageContaining("b.json");
        assertThatThrownBy(() -> Notebook.parse("{\"nbformat\": 3, \"cells\": []}", "old.ipynb"))
                .hasMessageContaining("format 4")
                .hasMessageContaining("nbconvert");
    }
}
